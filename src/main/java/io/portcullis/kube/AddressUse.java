package io.portcullis.kube;

/** What addresses of a range are for. */
public enum AddressUse {
  NODES("nodes"),
  PODS("pods"),
  SERVICES("Services"),
  LOAD_BALANCERS("load balancers"),
  /** Somebody else's, as the settings say. */
  RESERVED("somebody else");

  private final String text;

  AddressUse(String text) {
    this.text = text;
  }

  /** Whose addresses, for people: {@code pods}. */
  public String text() {
    return text;
  }
}
