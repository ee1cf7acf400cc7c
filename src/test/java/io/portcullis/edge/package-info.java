/** The server as the API server calls it: over HTTPS, with all its rooms. */
@NullMarked
package io.portcullis.edge;

import org.jspecify.annotations.NullMarked;
