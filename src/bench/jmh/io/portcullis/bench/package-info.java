/**
 * Measurements: JMH benchmarks by size, and the load of a whole HTTPS trip. They report and never
 * fail a build. {@code ./mvnw -Pbench -DskipTests verify} runs the former, {@code k8s/local/load} the latter;
 * what they printed stands in {@code docs/performance.md}.
 */
@NullMarked
package io.portcullis.bench;

import org.jspecify.annotations.NullMarked;
