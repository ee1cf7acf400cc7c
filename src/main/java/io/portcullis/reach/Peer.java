package io.portcullis.reach;

/** An end of a connection, as policies see it. */
public sealed interface Peer permits Endpoint, Outside {}
