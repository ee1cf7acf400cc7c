/** The edge without its shell: reading, wording, deadlines. */
@NullMarked
package io.portcullis.admission;

import org.jspecify.annotations.NullMarked;
