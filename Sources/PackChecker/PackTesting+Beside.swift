// SPDX-License-Identifier: Apache-2.0

internal import LawspeakerCore
internal import YAMLTree

/// What a test expects beside the statuses, and did not get; nil if it did.
func failure(
  of expectation: PackTest.ExpectationBeside, in test: PackTest, _ pack: RulePack, _ answer: Answer,
  _ generation: Generation
) -> Diagnostic? {
  let name = expectation.name.text
  let subject = Subject(expectation, id: pack.qualified(name), generation)
  guard let number = subject.number else {
    return Diagnostic(
      at: expectation.name.location, .unknownName(name, subject.kind, known: subject.known(in: pack)))
  }
  let found = said(of: expectation.what, number, answer)
  guard found != expectation.what.word else { return nil }
  return Diagnostic(
    at: expectation.name.location,
    .testFailed(test.name, name, underKey: subject.key, expected: expectation.what.word, found: found))
}

/// The duty, caution or rule that an expectation names.
private struct Subject {
  let key: String
  let kind: String
  let ids: [String]
  /// Its number in the generation; nil if there is none.
  let number: Int?

  init(_ expectation: PackTest.ExpectationBeside, id: String, _ generation: Generation) {
    switch expectation.what {
    case .dutyDue, .duty: (key, kind, ids) = ("expect_duties", "duty", generation.duties.map(\.id))
    case .caution: (key, kind, ids) = ("expect_cautions", "caution", generation.cautions.map(\.id))
    case .presumed:
      (key, kind, ids) = ("expect_presumed", "rule", generation.rules.prefix(generation.ownRules).map(\.id))
    }
    number = ids.firstIndex(of: id)
  }

  /// The names as the test of a pack would write them.
  func known(in pack: RulePack) -> [String] {
    ids.map { $0.hasPrefix(pack.id + ".") ? String($0.dropFirst(pack.id.count + 1)) : $0 }
  }
}

/// What an answer says of a duty, a caution or a rule, in the words of an expectation.
private func said(of what: PackTest.ExpectationBeside.What, _ number: Int, _ answer: Answer) -> String? {
  switch what {
  case .dutyDue:
    guard let entry = answer.duties.first(where: { $0.duty == number }) else { return "absent" }
    return entry.due?.description ?? "shown"
  case .duty: return answer.duties.contains { $0.duty == number } ? "shown" : "absent"
  case .caution: return answer.cautions.contains(.ofPack(number)) ? "shown" : "absent"
  case .presumed: return answer.conclusions.first { $0.rule == number }?.presumed?.rawValue
  }
}

extension PackTest.ExpectationBeside.What {
  /// As the test writes it.
  fileprivate var word: String {
    switch self {
    case .dutyDue(let day): day.description
    case .duty(let isShown), .caution(let isShown): isShown ? "shown" : "absent"
    case .presumed(let status): status.rawValue
    }
  }
}
