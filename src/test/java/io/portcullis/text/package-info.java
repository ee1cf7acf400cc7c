/** Words for people. */
package io.portcullis.text;
