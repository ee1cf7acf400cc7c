package io.portcullis.kube.read.validation;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * The forms that names, keys and ports must have. Each method gives what is wrong, nothing where
 * all is right. Source: k8s.io/apimachinery pkg/util/validation and pkg/api/validate/content.
 */
final class Formats {
  private static final String LABEL = "[a-z0-9]([-a-z0-9]*[a-z0-9])?";
  private static final String SUBDOMAIN = LABEL + "(\\." + LABEL + ")*";
  private static final String WILDCARD = "\\*\\." + SUBDOMAIN;
  private static final String KEY = "([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]";
  private static final String VALUE = "(" + KEY + ")?";
  private static final String DATA_KEY = "[-._a-zA-Z0-9]+";

  private static final String KEY_FORM =
      "must consist of alphanumeric characters, '-', '_' or '.', and must start and end with an"
          + " alphanumeric character (e.g. 'MyName',  or 'my.name',  or '123-abc', regex used for"
          + " validation is '"
          + KEY
          + "')";

  private static final int LABEL_MOST = 63;
  private static final int SUBDOMAIN_MOST = 253;
  private static final int PORT_NAME_MOST = 15;

  private static final Pattern IS_DATA_KEY = Pattern.compile(DATA_KEY);

  private Formats() {}

  /** A DNS label of RFC 1123. */
  static List<String> label(String value) {
    List<String> wrong = new ArrayList<>();
    tooLong(value, LABEL_MOST, wrong);
    if (!Grammar.isLabel(value)) {
      wrong.add(
          Grammar.isSubdomain(value)
              ? "must not contain dots"
              : "a lowercase RFC 1123 label must consist of lower case alphanumeric characters or"
                  + " '-', and must start and end with an alphanumeric character (e.g. 'my-name', "
                  + " or '123-abc', regex used for validation is '"
                  + LABEL
                  + "')");
    }
    return wrong;
  }

  /** A DNS subdomain of RFC 1123. */
  static List<String> subdomain(String value) {
    List<String> wrong = new ArrayList<>();
    tooLong(value, SUBDOMAIN_MOST, wrong);
    if (!Grammar.isSubdomain(value)) {
      wrong.add(
          "a lowercase RFC 1123 subdomain must consist of lower case alphanumeric characters, '-'"
              + " or '.', and must start and end with an alphanumeric character (e.g."
              + " 'example.com', regex used for validation is '"
              + SUBDOMAIN
              + "')");
    }
    return wrong;
  }

  /** A host with {@code *} as its first label. */
  static List<String> wildcard(String value) {
    List<String> wrong = new ArrayList<>();
    tooLong(value, SUBDOMAIN_MOST, wrong);
    if (!Grammar.isWildcard(value)) {
      wrong.add(
          "a wildcard DNS-1123 subdomain must start with '*.', followed by a valid DNS subdomain,"
              + " which must consist of lower case alphanumeric characters, '-' or '.' and end with"
              + " an alphanumeric character (e.g. '*.example.com', regex used for validation is '"
              + WILDCARD
              + "')");
    }
    return wrong;
  }

  /** A part of a URL's path, as names of some kinds are. */
  static List<String> pathSegment(String value) {
    List<String> wrong = new ArrayList<>();
    if (value.equals(".") || value.equals("..")) {
      wrong.add("may not be '" + value + "'");
    }
    for (String mark : List.of("/", "%")) {
      if (value.contains(mark)) {
        wrong.add("may not contain '" + mark + "'");
      }
    }
    return wrong;
  }

  /** A label's key: a name with an optional prefix. */
  static List<String> labelKey(String value) {
    int slash = value.indexOf('/');
    if (slash != value.lastIndexOf('/')) {
      return List.of(
          "a valid label key "
              + KEY_FORM
              + " with an optional DNS subdomain prefix and '/' (e.g. 'example.com/MyName')");
    }
    List<String> wrong = new ArrayList<>();
    if (slash == 0) {
      wrong.add("prefix part must be non-empty");
    } else if (slash > 0) {
      subdomain(value.substring(0, slash)).forEach(each -> wrong.add("prefix part " + each));
    }
    keyName(value.substring(slash + 1), wrong);
    return wrong;
  }

  private static void keyName(String name, List<String> wrong) {
    if (name.isEmpty()) {
      wrong.add("name part must be non-empty");
    } else if (name.length() > LABEL_MOST) {
      wrong.add("name part must be no more than " + LABEL_MOST + " bytes");
    }
    if (!Grammar.isName(name)) {
      wrong.add("name part " + KEY_FORM);
    }
  }

  /** An annotation's key: as a label's, but letter case does not count in the prefix. */
  static List<String> annotationKey(String value) {
    return labelKey(value.toLowerCase(Locale.ROOT));
  }

  static List<String> labelValue(String value) {
    List<String> wrong = new ArrayList<>();
    if (value.length() > LABEL_MOST) {
      wrong.add("must be no more than " + LABEL_MOST + " bytes");
    }
    if (!value.isEmpty() && !Grammar.isName(value)) {
      wrong.add(
          "a valid label must be an empty string or consist of alphanumeric characters, '-', '_' or"
              + " '.', and must start and end with an alphanumeric character (e.g. 'MyValue',  or"
              + " 'my_value',  or '12345', regex used for validation is '"
              + VALUE
              + "')");
    }
    return wrong;
  }

  /** A port's name in pods, policies and backends (IANA_SVC_NAME). */
  static List<String> portName(String value) {
    List<String> wrong = new ArrayList<>();
    tooLong(value, PORT_NAME_MOST, wrong);
    if (!Grammar.isLowerCaseWithDashes(value)) {
      wrong.add("must contain only alpha-numeric characters (a-z, 0-9), and hyphens (-)");
    }
    if (value.chars().noneMatch(c -> c >= 'a' && c <= 'z')) {
      wrong.add("must contain at least one letter (a-z)");
    }
    if (value.contains("--")) {
      wrong.add("must not contain consecutive hyphens");
    }
    if (value.startsWith("-") || value.endsWith("-")) {
      wrong.add("must not begin or end with a hyphen");
    }
    return wrong;
  }

  static List<String> portNumber(int port) {
    return port >= 1 && port <= 65_535
        ? List.of()
        : List.of("must be between 1 and 65535, inclusive");
  }

  /** A key of a ConfigMap. */
  static List<String> dataKey(String value) {
    List<String> wrong = new ArrayList<>();
    tooLong(value, SUBDOMAIN_MOST, wrong);
    if (!IS_DATA_KEY.matcher(value).matches()) {
      wrong.add(
          "a valid config key must consist of alphanumeric characters, '-', '_' or '.' (e.g."
              + " 'key.name',  or 'KEY_NAME',  or 'key-name', regex used for validation is '"
              + DATA_KEY
              + "')");
    }
    if (value.equals(".") || value.equals("..")) {
      wrong.add("must not be '" + value + "'");
    } else if (value.startsWith("..")) {
      wrong.add("must not start with '..'");
    }
    return wrong;
  }

  private static void tooLong(String value, int most, List<String> wrong) {
    if (value.length() > most) {
      wrong.add("must be no more than " + most + " characters");
    }
  }
}
