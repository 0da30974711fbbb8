// SPDX-License-Identifier: Apache-2.0

internal import LawspeakerCore
internal import YAMLTree

/// The keys of the file, in its order.
extension Configuration {
  private static let keys = [
    "state", "packs", "spool", "keys", "checkpoints", "privacy", "access", "retention", "jurisdiction",
    "time_zone", "languages", "log",
  ]

  mutating func read(_ root: YAMLNode, _ reader: inout TreeReader) {
    guard
      let form = reader.form(root, "the configuration", required: ["lawspeaker"], optional: Self.keys)
    else {
      return
    }
    if let node = form["lawspeaker"], node.text != "1" { reader.report(.grammar("1"), at: node.mark) }
    if let value = form["state"].flatMap({ reader.text($0, "`state`") }) { state = value }
    if let value = form["packs"].flatMap({ reader.text($0, "`packs`") }) { packs = value }
    if let node = form["spool"] { readSpool(node, &reader) }
    if let value = form["keys"].flatMap({ reader.text($0, "`keys`") }) { keyFolder = value }
    if let node = form["checkpoints"] { checkpoints.read(node, &reader) }
    if let node = form["privacy"] { privacy.read(node, &reader) }
    if let node = form["access"] { access = reader.access(node) }
    if let node = form["retention"] { retention = reader.retention(node) }
    readPlaceAndWords(form, &reader)
  }

  private mutating func readPlaceAndWords(_ form: Form, _ reader: inout TreeReader) {
    if let value = form["jurisdiction"].flatMap({ reader.jurisdiction($0) }) { jurisdiction = value }
    if let node = form["time_zone"], let value = reader.text(node, "`time_zone`") {
      if LocalDay.isKnown(timeZone: value) {
        timeZone = value
      } else {
        reader.report(.unknownTimeZone, at: node.mark)
      }
    }
    if let node = form["languages"], let items = reader.list(node, "`languages`") {
      languages = items.compactMap { reader.oneCase($0, "`languages`", of: Language.self) }
      if items.isEmpty { reader.report(.emptyList("`languages`"), at: node.mark) }
    }
    if let node = form["log"] {
      log = reader.word(node, "`log`", among: ["debug", "info", "warning", "error"]) ?? log
    }
  }

  private mutating func readSpool(_ node: YAMLNode, _ reader: inout TreeReader) {
    let keys = ["folder", "quiet", "done", "shared_references"]
    guard let form = reader.form(node, "`spool`", optional: keys) else { return }
    if let value = form["folder"].flatMap({ reader.text($0, "`folder`") }) { spool = value }
    if let node = form["quiet"], let text = reader.text(node, "`quiet`") {
      if let seconds = quantityNumber(text, unit: "seconds"), (0...3600).contains(seconds) {
        quietSeconds = seconds
      } else {
        reader.report(.badQuiet, at: node.mark)
      }
    }
    if let node = form["done"] {
      keepsDone = reader.word(node, "`done`", among: ["keep", "delete"]) != "delete"
    }
    if let node = form["shared_references"] {
      sharesReferences = reader.yesNo(node, "`shared_references`") ?? sharesReferences
    }
  }
}
