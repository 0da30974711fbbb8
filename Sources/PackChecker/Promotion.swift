// SPDX-License-Identifier: Apache-2.0

package import LawspeakerCore

/// Turns a past case into a test of a pack: only what matters to some conclusions is left of it, and nothing that names
/// anybody.
///
/// Facts are left out one by one, then voices, then the exactness of days, as long as every status stays as it was; who
/// said what, where and when, notes and everything around the facts are never taken over.
/// - Parameters:
///   - file: The case, read under the generation.
///   - rules: The conclusions that the test will expect, by number.
///   - name: The test's name; else a sentence that says what follows.
///   - pack: The pack whose test it becomes, by number.
///   - generation: The packs under which the case was decided.
/// - Returns: The test.
package func promote(
  _ file: Case, expecting rules: [Int], named name: String?, toPack pack: Int, under generation: Generation
) -> TestText {
  let before = rules.map { status(of: $0, in: file, under: generation) }
  func isStillSo(_ other: Case) -> Bool {
    zip(rules, before).allSatisfy { status(of: $0, in: other, under: generation) == $1 }
  }
  var left = file.bare
  left = left.reduced(while: isStillSo)
  for place in left.given.indices { left.try({ $0.given[place].hearEverybody() }, isStillSo) }
  for place in left.given.indices where left.given[place].throughout == nil {
    for value in left.given[place].values.indices {
      guard generation.variables[left.given[place].values[value].variable].domain == .days else { continue }
      left.try({ $0.given[place].values[value].widenToMonth() }, isStillSo)
      left.try({ $0.given[place].values[value].widenToYear() }, isStillSo)
    }
  }
  left.try({ $0.assessedOn = generation.packs[pack].source.checked }, isStillSo)
  let id = generation.packs[pack].id + "."
  let expected = zip(rules, before).map { rule, status in
    let name = generation.rules[rule].id
    return (rule: name.hasPrefix(id) ? String(name.dropFirst(id.count)) : name, status: status)
  }
  let sentence = expected.map { "\($0.rule) \($0.status.words)" }.joined(separator: ", ")
  return TestText(name: name ?? "On what is left of a past case, " + sentence, file: left, expected: expected)
}

extension Case {
  /// Makes a change if something stays true of the case.
  fileprivate mutating func `try`(_ change: (inout Case) -> Void, _ isStillSo: (Case) -> Bool) {
    var other = self
    change(&other)
    if isStillSo(other) { self = other }
  }
}

extension Case.Given {
  /// One voice that allows what any of the voices allowed.
  fileprivate mutating func hearEverybody() {
    accounts = []
    by = nil
  }
}

extension Case.Statement {
  fileprivate mutating func widenToMonth() {
    guard let first = values.least, let last = values.greatest else { return }
    let ((year, month, _), end) = (CivilDate(dayNumber: first).parts, CivilDate(dayNumber: last).parts)
    guard (year, month) == (end.year, end.month) else { return }
    let length = CivilDate.length(ofMonth: month, year: year)
    let start = CivilDate.dayNumber(year: year, month: month, day: 1)
    values = ValueSet(start, start + length - 1)
  }

  fileprivate mutating func widenToYear() {
    guard let first = values.least, let last = values.greatest else { return }
    let year = CivilDate(dayNumber: first).parts.year
    guard year == CivilDate(dayNumber: last).parts.year else { return }
    values = ValueSet(
      CivilDate.dayNumber(year: year, month: 1, day: 1), CivilDate.dayNumber(year: year, month: 12, day: 31))
  }
}

extension Status {
  fileprivate var words: String {
    switch self {
    case .holds: "holds"
    case .fails: "fails"
    case .undetermined: "is open"
    case .contradictory: "cannot be answered"
    case .notInForce: "is not law yet or no longer"
    case .unsettled: "is not settled"
    }
  }
}
