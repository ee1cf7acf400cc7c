/** Commands as a shell calls them. */
@NullMarked
package io.portcullis.cli;

import org.jspecify.annotations.NullMarked;
