/** Formats of maps. */
package io.portcullis.cli.map;
