// SPDX-License-Identifier: Apache-2.0

internal import LawspeakerCore
internal import YAMLTree

/// When heads of the ledger are signed, and where else they are copied.
package struct Checkpoints: Hashable, Sendable {
  /// A second place, on another disk, where every signed head is copied; nil if there is none.
  package var folder: String?
  /// How often a head is signed while entries come in, in seconds.
  package var everySeconds = 3600

  /// The defaults.
  package init() {}

  mutating func read(_ node: YAMLNode, _ reader: inout TreeReader) {
    guard let form = reader.form(node, "`checkpoints`", optional: ["folder", "every"]) else { return }
    folder = form["folder"].flatMap { reader.text($0, "`folder`") }
    if let node = form["every"], let text = reader.text(node, "`every`") {
      if let seconds = Self.seconds(text) {
        everySeconds = seconds
      } else {
        reader.report(.badEvery, at: node.mark)
      }
    }
  }

  /// Reads `30 minutes` or `6 hours`, from a minute to a day.
  private static func seconds(_ text: String) -> Int? {
    let minutes = quantityNumber(text, unit: "minutes") ?? quantityNumber(text, unit: "hours").map { $0 * 60 }
    return minutes.flatMap { (1...24 * 60).contains($0) ? $0 * 60 : nil }
  }
}
