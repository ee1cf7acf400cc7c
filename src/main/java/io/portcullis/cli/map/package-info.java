/**
 * Connections for people and programs: the formats of {@code map}, {@code diff} and {@code
 * explain}.
 *
 * <p>A {@link io.portcullis.cli.map.MapFormat} writes a {@link io.portcullis.reach.ReachMap} peer
 * by peer as it is asked for, so that a large one is never held as text. May use {@code reach} and
 * what is above it. Knows no options and no exit codes.
 */
@NullMarked
package io.portcullis.cli.map;

import org.jspecify.annotations.NullMarked;
