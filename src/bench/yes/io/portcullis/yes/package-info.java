/** What the load script compares with. May use the web framework; knows nothing of the product. */
@NullMarked
package io.portcullis.yes;

import org.jspecify.annotations.NullMarked;
