package io.portcullis.admission;

/** Where an answer goes. */
@FunctionalInterface
interface Reply {
  String REVIEW = "application/json";
  String PROBLEM = "application/problem+json";

  /** Sends the answer; called once for each request, from any thread. */
  void send(int status, String contentType, byte[] body);
}
