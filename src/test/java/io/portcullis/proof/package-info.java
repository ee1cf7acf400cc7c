/** What tests of every room share: seeded properties with shrinking. */
@NullMarked
package io.portcullis.proof;

import org.jspecify.annotations.NullMarked;
