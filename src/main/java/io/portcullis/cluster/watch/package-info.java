/**
 * The live feeder: keeps a picture of a cluster by watching its API server, and reads single
 * objects live.
 *
 * <p>For each {@link io.portcullis.cluster.watch.Source} (a kind, or one ConfigMap) a reflector on
 * its own virtual thread lists and then watches: a streamed list (WatchList) where the API server
 * serves it, else pages of 500; the watch goes on from the last resourceVersion until the server
 * has forgotten it, then everything is listed again. What reflectors read goes as {@link
 * io.portcullis.cluster.watch.News} through one bounded queue to one writer, which applies it and
 * publishes the next {@link io.portcullis.cluster.Cluster}; readers never block and never wait.
 *
 * <p>A worked example: the connection breaks while three pods are deleted and one comes. The watch
 * resumes from the last version and hears of all four; had the server forgotten that version, the
 * list names all that exist, and the writer drops the three that it does not name.
 *
 * <p>JSON is read as it streams in, object by object, and only the fields that rules read are kept.
 * Pods are held by name with the group they are in. Equal texts are held once where that is cheap
 * to see.
 *
 * <p>The only part of the picture that knows the Kubernetes client, of which it uses the HTTP
 * client alone: authentication, TLS and proxies are the client's. May use {@code cluster}, {@code
 * kube} with {@code kube.read}, and {@code net}. Knows nothing of rules, settings or requests.
 */
@NullMarked
package io.portcullis.cluster.watch;

import org.jspecify.annotations.NullMarked;
