// SPDX-License-Identifier: Apache-2.0

import YAMLTree

/// A pack's own tests.
extension TreeReader {
  /// A case file with `test` and what is expected of the decision.
  mutating func packTest(_ root: YAMLNode) -> PackTest? {
    guard let entries = entries(root, "a test") else { return nil }
    let form = Form(mark: root.mark, entries: entries)
    for key in ["test", "assessed_on"] where form[key] == nil {
      report(.missingKey(key, in: "a test"), at: root.mark)
    }
    if PackTest.expectationKeys.allSatisfy({ form[$0] == nil }) {
      report(.missingKey("expect", in: "a test"), at: root.mark)
    }
    let name = form["test"].flatMap { text($0, "`test`") }
    let expected = expectations(form, "expect") { $0.status($1, "`expect`") }.map {
      PackTest.Expectation(rule: $0, status: $1)
    }
    let duties = expectations(form, "expect_duties") { $0.dutyExpectation($1) }
    let cautions = expectations(form, "expect_cautions") { reader, node in
      reader.word(node, "`expect_cautions`", among: ["shown", "absent"])
        .map { PackTest.ExpectationBeside.What.caution(isShown: $0 == "shown") }
    }
    let presumed = expectations(form, "expect_presumed") {
      $0.status($1, "`expect_presumed`").map(PackTest.ExpectationBeside.What.presumed)
    }
    return PackTest(
      name: name ?? "", node: root, expected: expected,
      expectedBeside: (duties + cautions + presumed).map { .init(name: $0, what: $1) },
      location: location(root.mark))
  }

  /// Names with what is expected of each.
  private mutating func expectations<T>(
    _ form: Form, _ key: String, _ read: (inout TreeReader, YAMLNode) -> T?
  ) -> [(Name, T)] {
    guard let node = form[key], let entries = entries(node, "`\(key)`") else { return [] }
    if entries.isEmpty { report(.emptyList("`\(key)`"), at: node.mark) }
    return entries.compactMap { entry in
      read(&self, entry.value).map { (Name(text: entry.key, location: location(entry.keyMark)), $0) }
    }
  }

  private mutating func status(_ node: YAMLNode, _ what: String) -> Status? {
    oneCase(node, what, of: Status.self)
  }

  /// `shown`, `absent`, or the day on which the duty is due.
  private mutating func dutyExpectation(_ node: YAMLNode) -> PackTest.ExpectationBeside.What? {
    guard let text = text(node, "`expect_duties`") else { return nil }
    if text == "shown" || text == "absent" { return .duty(isShown: text == "shown") }
    if let day = CivilDate(text) { return .dutyDue(day) }
    report(.notADutyExpectation(text), at: node.mark)
    return nil
  }
}

extension PackTest {
  /// What a test may say beside its case file.
  static let expectationKeys = ["expect", "expect_duties", "expect_cautions", "expect_presumed"]

  /// The top-level keys of a test that do not belong to its case file.
  public static let ownKeys = ["test"] + expectationKeys
}
