/** What is written down. */
@NullMarked
package io.portcullis.audit;

import org.jspecify.annotations.NullMarked;
