// SPDX-License-Identifier: Apache-2.0

package import LawspeakerCore
internal import YAMLTree

extension PackDifference {
  /// The whole as JSON.
  package var json: JSON {
    .object([
      "conclusions": .array(conclusions.map(\.json)), "new": .strings(new), "gone": .strings(gone),
      "facts_before_alone": .strings(notShared.before), "facts_after_alone": .strings(notShared.after),
      "texts": .array(texts.map(\.json)), "settled": .bool(isSettled),
    ])
  }
}

extension PackDifference.Conclusion {
  fileprivate var json: JSON {
    var object: [String: JSON] = ["id": .string(id), "texts": .array(causes.map(JSON.integer))]
    switch finding {
    case .same: object["finding"] = .string("same")
    case .changed(let witnesses):
      object["finding"] = .string("changed")
      object["cases"] = .array(witnesses.map(\.json))
    case .notSettled(let why):
      object["finding"] = .string("not_settled")
      object["why"] = .string(why)
    }
    return .object(object)
  }
}

extension Witness {
  /// Both answers and the case.
  package var json: JSON {
    .object([
      "from": .string(from.rawValue), "to": .string(to.rawValue), "case": .string(text),
      "readings": .object(readings.mapValues(JSON.string)),
    ])
  }
}

extension TextChange {
  fileprivate var json: JSON {
    .object([
      "clause": .string(subject.clause), "what": .string(subject.title), "before": Self.json(before),
      "after": Self.json(after),
    ])
  }

  private static func json(_ passage: Passage?) -> JSON {
    guard let passage else { return .null }
    return .object([
      "file": .string(passage.location.file), "line": .integer(passage.location.line),
      "lines": .strings(passage.lines),
    ])
  }
}
