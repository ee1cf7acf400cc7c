/**
 * What only one replica may do: the Lease that says which one.
 *
 * <p>A {@link io.portcullis.leader.LeaderLease} is held by one process of all that ask for it. Who
 * holds it must still write by resourceVersion: a process that was stopped in the middle of a write
 * wakes up believing that it leads.
 *
 * <p>May use the JDK and the Kubernetes client. Does not know what is done by the one who leads.
 */
@NullMarked
package io.portcullis.leader;

import org.jspecify.annotations.NullMarked;
