/**
 * The files that an administrator installs ({@code k8s/base}, its overlays), read as they stand and
 * held against what the program knows: the kinds it reads, the namespaces it never touches, its
 * settings and its version. That a real API server takes them is shown in {@code
 * io.portcullis.realapi}.
 */
@NullMarked
package io.portcullis.install;

import org.jspecify.annotations.NullMarked;
