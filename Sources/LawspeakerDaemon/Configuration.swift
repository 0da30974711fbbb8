// SPDX-License-Identifier: Apache-2.0

package import LawspeakerCore
package import YAMLTree

/// What `config/lawspeaker.yaml` says: every key has a default, unknown keys are refused.
package struct Configuration: Hashable, Sendable {
  /// The folder of the ledger, the lock and the archive of packs.
  package var state = "/var/lib/lawspeaker"
  /// The folder of packs that is watched.
  package var packs = "/etc/lawspeaker/rulepacks"
  /// The folder that holds `incoming`, `decisions` and the rest.
  package var spool = "/var/spool/lawspeaker"
  /// How long a file that was copied in must be unchanged before it is taken, in seconds.
  package var quietSeconds = 5
  /// False if decided case files are deleted instead of kept under `done/`.
  package var keepsDone = true
  /// True if a reference may be used by files of several owners.
  package var sharesReferences = false
  /// Where the assessor works, for files that do not say.
  package var jurisdiction = "NOR"
  /// The time zone in which a day begins.
  package var timeZone = "Europe/Oslo"
  /// The languages in which decisions are written for people.
  package var languages: [Language] = [.en, .nb]
  /// How much is logged: `debug`, `info`, `warning` or `error`.
  package var log = "info"

  /// The defaults.
  package init() {}

  /// Reads a configuration file.
  ///
  /// - Parameters:
  ///   - bytes: The file.
  ///   - file: Its path; paths inside that are not absolute are relative to its folder.
  /// - Throws: ``ConfigurationRefused`` with every problem.
  package init(_ bytes: [UInt8], file: String) throws(ConfigurationRefused) {
    let roots: [YAMLNode]
    do throws(YAMLRefused) { roots = try readYAML(bytes, file: file) } catch {
      throw ConfigurationRefused(diagnostics: error.diagnostics)
    }
    var reader = TreeReader(file: file)
    read(roots[0], &reader)
    guard reader.problems.isEmpty else { throw ConfigurationRefused(diagnostics: reader.problems.sorted()) }
    let folder = file.lastIndex(of: "/").map { String(file[..<$0]) } ?? "."
    for path in [\Configuration.state, \.packs, \.spool] where !self[keyPath: path].hasPrefix("/") {
      self[keyPath: path] = folder + "/" + self[keyPath: path]
    }
  }

  private mutating func read(_ root: YAMLNode, _ reader: inout TreeReader) {
    let optional = ["state", "packs", "spool", "jurisdiction", "time_zone", "languages", "log"]
    guard let form = reader.form(root, "the configuration", required: ["lawspeaker"], optional: optional)
    else {
      return
    }
    if let node = form["lawspeaker"], node.text != "1" { reader.report(.grammar("1"), at: node.mark) }
    if let value = form["state"].flatMap({ reader.text($0, "`state`") }) { state = value }
    if let value = form["packs"].flatMap({ reader.text($0, "`packs`") }) { packs = value }
    if let value = form["jurisdiction"].flatMap({ reader.jurisdiction($0) }) { jurisdiction = value }
    if let node = form["time_zone"], let value = reader.text(node, "`time_zone`") {
      if LocalDay.isKnown(timeZone: value) {
        timeZone = value
      } else {
        reader.report(.unknownTimeZone, at: node.mark)
      }
    }
    if let node = form["languages"],
      let words = reader.words(node, "`languages`", Language.allCases.map(\.rawValue))
    {
      languages = words.compactMap(Language.init)
      if languages.isEmpty { reader.report(.emptyList("`languages`"), at: node.mark) }
    }
    if let node = form["log"] {
      log = reader.word(node, "`log`", among: ["debug", "info", "warning", "error"]) ?? log
    }
    if let node = form["spool"] { readSpool(node, &reader) }
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

/// A configuration cannot be used; every problem, sorted by place.
package struct ConfigurationRefused: Error, Hashable, Sendable {
  /// At least one.
  package let diagnostics: [Diagnostic]
}

extension TreeReader {
  /// A list of known words.
  fileprivate mutating func words(_ node: YAMLNode, _ what: String, _ known: [String]) -> [String]? {
    list(node, what)?.compactMap { word($0, what, among: known) }
  }
}

extension Diagnostic.Message {
  static let unknownTimeZone = Self(
    code: "unknown-time-zone", text: "`time_zone` names no time zone of this machine",
    hint: "write a name such as `Europe/Oslo`")

  static let badQuiet = Self(
    code: "bad-quantity", text: "`quiet` is not a number of seconds up to an hour", hint: "write `5 seconds`")
}

extension Configuration {
  /// The ledger's file.
  package var ledgerPath: String { state + "/ledger.db" }
  /// The folder of archived packs.
  package var archivePath: String { state + "/packs" }
}
