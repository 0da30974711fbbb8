// SPDX-License-Identifier: Apache-2.0

internal import LawspeakerCore
internal import YAMLTree

/// What the program shows of whom, and what it asks of those who read.
package struct Privacy: Hashable, Sendable {
  /// How a case's reference stands where it outlives the case.
  package enum CaseReferences: String, CaseIterable, Sendable {
    case plain, pseudonym
  }

  /// Whether who reads a case must state a purpose.
  package enum Purpose: String, CaseIterable, Sendable {
    case optional, required
  }

  /// How a case's reference stands where it outlives the case.
  package var caseReferences = CaseReferences.plain
  /// Whether who reads a case must state a purpose.
  package var purpose = Purpose.optional
  /// Statistics do not show counts under this; 0 shows all.
  package var suppressBelow = 5

  /// The defaults.
  package init() {}

  mutating func read(_ node: YAMLNode, _ reader: inout TreeReader) {
    let keys = ["case_refs", "purpose", "suppress_below"]
    guard let form = reader.form(node, "`privacy`", optional: keys) else { return }
    if let node = form["case_refs"] {
      caseReferences = reader.oneCase(node, "`case_refs`", of: CaseReferences.self) ?? caseReferences
    }
    if let node = form["purpose"] {
      purpose = reader.oneCase(node, "`purpose`", of: Purpose.self) ?? purpose
    }
    if let node = form["suppress_below"], let count = reader.integer(node, "`suppress_below`") {
      if (0...1000).contains(count) {
        suppressBelow = count
      } else {
        reader.report(.badSuppression, at: node.mark)
      }
    }
  }
}
