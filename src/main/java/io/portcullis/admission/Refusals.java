package io.portcullis.admission;

/** What is refused before it is a review. Source of titles: RFC 9110. */
enum Refusals {
  BAD_REQUEST(400, "Bad Request"),
  NOT_FOUND(404, "Not Found"),
  METHOD_NOT_ALLOWED(405, "Method Not Allowed"),
  REQUEST_TIMEOUT(408, "Request Timeout"),
  CONTENT_TOO_LARGE(413, "Content Too Large"),
  UNSUPPORTED_MEDIA_TYPE(415, "Unsupported Media Type"),
  INTERNAL(500, "Internal Server Error"),
  SERVICE_UNAVAILABLE(503, "Service Unavailable");

  private final int status;
  private final String title;

  Refusals(int status, String title) {
    this.status = status;
    this.title = title;
  }

  void send(Reply reply, String detail) {
    reply.send(status, Reply.PROBLEM, ReviewWriter.problem(status, title, detail));
  }
}
