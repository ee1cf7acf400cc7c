/** Rules against their samples, their pages and each other. */
package io.portcullis.rules;
