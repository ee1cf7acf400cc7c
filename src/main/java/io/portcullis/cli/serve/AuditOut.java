package io.portcullis.cli.serve;

import java.io.OutputStream;

/** Where audit records go. */
public record AuditOut(OutputStream stream) {}
