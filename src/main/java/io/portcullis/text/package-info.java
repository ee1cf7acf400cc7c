/**
 * Words for people: the nearest name to a mistyped one, cutting to a length, replacing control
 * characters.
 *
 * <p>One helper each, for rules, settings and the command line alike. May use the JDK only.
 */
@NullMarked
package io.portcullis.text;

import org.jspecify.annotations.NullMarked;
