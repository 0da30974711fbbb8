// SPDX-License-Identifier: Apache-2.0

internal import YAMLTree

/// Every sentence about a configuration that is not one about the shape of a file.
extension Diagnostic.Message {
  static let unknownTimeZone = Self(
    code: "unknown-time-zone", text: "`time_zone` names no time zone of this machine",
    hint: "write a name such as `Europe/Oslo`")

  static let badQuiet = Self(
    code: "bad-quantity", text: "`quiet` is not a number of seconds up to an hour", hint: "write `5 seconds`")

  static let badEvery = Self(
    code: "bad-quantity", text: "`every` is not a number of minutes or hours up to a day",
    hint: "write `30 minutes` or `1 hours`")

  static let badSuppression = Self(
    code: "bad-number", text: "`suppress_below` is not a number from 0 to 1000",
    hint: "write `5`, or `0` to show all counts")

  static func badPeriod(_ what: String) -> Self {
    .init(
      code: "bad-period", text: "\(what) is not a number of days, weeks, months or years from 1 to 9999",
      hint: "write `90 days` or `2 years`; to keep something for good, leave its rule out")
  }

  static func notAGroup(_ name: String) -> Self {
    .init(
      code: "not-a-group", text: "`\(name)` cannot be the name of a group",
      hint: "write a group of this machine, `[a-z_][a-z0-9_-]*`, such as `caseworkers`")
  }

  static func noGroup(_ what: String) -> Self {
    .init(
      code: "empty-list", text: "\(what) lists nothing",
      hint: "name at least one group, or leave the key out")
  }

  static func notAConclusion(_ name: String) -> Self {
    .init(
      code: "not-a-name", text: "`\(name)` is not a conclusion's full name",
      hint: "write pack and conclusion: `palermo.trafficking`")
  }

  static func holdsOfNoCase(_ what: String) -> Self {
    .init(
      code: "holds-without-case", text: "`holds` does not go with `\(what)`: conclusions are of cases",
      hint: "leave `holds` out, or write `what: cases`")
  }

  static func neverFits(line: Int) -> Self {
    .init(
      code: "never-fits",
      text: "nothing reaches this rule: what it fits is fitted by the one on line \(line) first",
      hint: "put the rule with `holds` before the one without, or remove one of them")
  }
}
