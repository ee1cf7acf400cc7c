package io.portcullis.kube.read.validation;

import java.util.List;

/** What schemas ask of values, in the words in which the API server says it. */
final class Bounds {
  private Bounds() {}

  /** Whether a field is there that must be. */
  static boolean isThere(Field field) {
    if (!field.isPresent()) {
      field.required("");
    }
    return field.isPresent();
  }

  static void number(Field field, int least, int most) {
    int number = field.number();
    if (number < least) {
      field.invalid(
          "%s in body should be greater than or equal to %d".formatted(field.path(), least));
    } else if (number > most) {
      field.invalid("%s in body should be less than or equal to %d".formatted(field.path(), most));
    }
  }

  static void length(Field field, int most) {
    if (field.text().codePointCount(0, field.text().length()) > most) {
      field.refuse("Too long: may not be more than %d bytes".formatted(most));
    }
  }

  static void atLeastOne(Field list) {
    if (list.items().isEmpty()) {
      list.invalid("0", list.path() + " in body should have at least 1 items");
    }
  }

  static void atMost(Field list, int most) {
    tooMany(list, list.items().size(), most);
  }

  /** Of these fields one must be there; others are pruned before anybody counts. */
  static void oneOf(Field map, List<String> known) {
    if (map.entries().isEmpty() && !map.isPresent()) {
      return;
    }
    int there = (int) known.stream().filter(name -> map.at(name).isPresent()).count();
    if (there == 0) {
      map.invalid("0", map.path() + " in body should have at least 1 properties");
    }
    tooMany(map, there, 1);
  }

  private static void tooMany(Field field, int size, int most) {
    if (size > most) {
      field.refuse(
          "Too many: %d: must have at most %d item%s".formatted(size, most, most == 1 ? "" : "s"));
    }
  }

  /** A label selector, of which a schema asks for types and the two fields that it can't lack. */
  static void selector(Field selector) {
    selector.at("matchLabels").entries().forEach(Field::text);
    for (Field expression : selector.at("matchExpressions").items()) {
      if (isThere(expression.at("key"))) {
        String _ = expression.at("key").text();
      }
      if (isThere(expression.at("operator"))) {
        String _ = expression.at("operator").text();
      }
      expression.at("values").items().forEach(Field::text);
    }
  }
}
