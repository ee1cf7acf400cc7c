/** What tests of every room share: seeded properties with shrinking, seeded manifests. */
@NullMarked
package io.portcullis.proof;

import org.jspecify.annotations.NullMarked;
