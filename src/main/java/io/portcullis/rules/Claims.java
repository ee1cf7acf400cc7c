package io.portcullis.rules;

import io.portcullis.cluster.AddressLedger;
import io.portcullis.finding.ObjectRef;
import io.portcullis.kube.AddressClaim;
import io.portcullis.kube.AddressUse;
import io.portcullis.kube.ConfigMap;
import io.portcullis.kube.FieldPath;
import io.portcullis.kube.Kind;
import io.portcullis.kube.KubeObject;
import io.portcullis.kube.read.AddressClaims;
import io.portcullis.net.AddressRange;
import io.portcullis.settings.Settings;
import io.portcullis.settings.SettingsReader;
import java.util.ArrayList;
import java.util.List;

/** Who says which addresses are for what: objects and, beside them, the settings. */
final class Claims {
  private Claims() {}

  /** All that is known of addresses after the change, by the settings in force. */
  static AddressLedger ledger(Question question) {
    return question.after().ledger().plus(of(question.settings()));
  }

  /** The claims that an object makes; those of settings that can't be used are none. */
  static List<AddressClaim> of(KubeObject object) {
    if (!isSettings(object)) {
      return AddressClaims.of(object);
    }
    String text = ((ConfigMap) object).text(Settings.KEY).orElse("");
    return switch (SettingsReader.read(text, object.meta().resourceVersion())) {
      case SettingsReader.Result.Valid valid -> of(valid.settings());
      case SettingsReader.Result.Invalid _ -> List.of();
    };
  }

  static boolean isSettings(KubeObject object) {
    return object instanceof ConfigMap
        && object.namespace().equals(Settings.NAMESPACE)
        && object.name().equals(Settings.CONFIG_MAP);
  }

  /** The claims that settings make. */
  static List<AddressClaim> of(Settings settings) {
    Settings.Addresses addresses = settings.addresses();
    List<AddressClaim> claims = new ArrayList<>();
    add(claims, AddressUse.NODES, "addresses.nodes", addresses.nodes());
    add(claims, AddressUse.PODS, "addresses.pods", addresses.pods());
    add(claims, AddressUse.SERVICES, "addresses.services", addresses.services());
    addresses
        .reserved()
        .forEach(reserved -> add(claims, AddressUse.RESERVED, reserved.name(), reserved.ranges()));
    return claims;
  }

  private static void add(
      List<AddressClaim> claims, AddressUse use, String what, List<AddressRange> ranges) {
    for (AddressRange range : ranges) {
      claims.add(
          new AddressClaim(
              use,
              range,
              Kind.CONFIG_MAP,
              Settings.NAMESPACE,
              Settings.CONFIG_MAP,
              FieldPath.of("data").field(Settings.KEY),
              what));
    }
  }

  /** Whether the settings make it. */
  static boolean isOfSettings(AddressClaim claim) {
    return claim.kind() == Kind.CONFIG_MAP
        && claim.namespace().equals(Settings.NAMESPACE)
        && claim.name().equals(Settings.CONFIG_MAP);
  }

  /** Whose addresses: {@code pods}, {@code office-vpn}. */
  static String purpose(AddressClaim claim) {
    return claim.use() == AddressUse.RESERVED ? claim.what() : claim.use().text();
  }

  static ObjectRef owner(AddressClaim claim) {
    return new ObjectRef(claim.kind().text(), claim.namespace(), claim.name());
  }

  /** What it is called where it is made: {@code addresses.nodes}, {@code Network}. */
  static String where(AddressClaim claim) {
    return claim.use() == AddressUse.RESERVED ? "addresses.reserved" : claim.what();
  }

  /**
   * Who makes it, for people: {@code settings, addresses.nodes}, {@code Node worker-1}, {@code
   * ConfigMap kube-flannel/kube-flannel-cfg, Network}.
   */
  static String who(AddressClaim claim) {
    String owner = isOfSettings(claim) ? "settings" : owner(claim).toString();
    return claim.kind() == Kind.CONFIG_MAP ? owner + ", " + where(claim) : owner;
  }
}
