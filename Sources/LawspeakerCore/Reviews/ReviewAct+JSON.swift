// SPDX-License-Identifier: Apache-2.0

import YAMLTree

extension ReviewAct {
  /// The form in which it is recorded: every key always there, null where it does not belong.
  package var json: JSON {
    var entries: [String: JSON] = [
      "by": .string(by), "journal": .optional(journal), "conclusion": .null, "instead": .null,
      "because": .null, "to": .null,
    ]
    switch did {
    case .used: entries["did"] = .string("used")
    case .setAside(let conclusion, let instead, let because):
      entries["did"] = .string("set_aside")
      entries["conclusion"] = .string(conclusion)
      entries["instead"] = .string(instead.rawValue)
      entries["because"] = .string(because)
    case .sent(let body):
      entries["did"] = .string("sent")
      entries["to"] = .string(body)
    }
    return .object(entries)
  }

  /// Reads back what ``json`` wrote; nil for anything else.
  package init?(reading bytes: [UInt8]) {
    guard let root = try? readYAML(bytes, file: "review").first, case .mapping(let entries) = root.content,
      Set(entries.map(\.key)) == ["by", "journal", "conclusion", "instead", "because", "to", "did"],
      let who = root.string("by"), let did = Deed(root)
    else { return nil }
    let act = ReviewAct(recorded: did, by: who, journal: root.string("journal"))
    guard act.json.canonicalBytes == bytes else { return nil }
    self = act
  }
}

extension ReviewAct.Deed {
  fileprivate init?(_ node: YAMLNode) {
    switch node.string("did") {
    case "used": self = .used
    case "sent":
      guard let body = node.string("to") else { return nil }
      self = .sent(to: body)
    case "set_aside":
      guard let conclusion = node.string("conclusion"), let because = node.string("because"),
        let instead = node.string("instead").flatMap(Status.init(rawValue:))
      else { return nil }
      self = .setAside(conclusion: conclusion, instead: instead, because: because)
    default: return nil
    }
  }
}

extension YAMLNode {
  /// A string in quotes.
  fileprivate func string(_ key: String) -> String? {
    guard case .scalar(let scalar)? = self[key]?.content, !scalar.isPlain else { return nil }
    return scalar.text
  }
}
