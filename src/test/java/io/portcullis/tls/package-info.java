/** Certificates made, read and swapped. */
@NullMarked
package io.portcullis.tls;

import org.jspecify.annotations.NullMarked;
