package io.portcullis.net;

/** A transport protocol that Services and NetworkPolicies know. Source: core/v1 Protocol. */
public enum Protocol {
  TCP,
  UDP,
  SCTP
}
