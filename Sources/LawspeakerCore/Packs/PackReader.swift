// SPDX-License-Identifier: Apache-2.0

public import YAMLTree

/// The files of a pack's folder as they were found, all but its change log.
public struct PackSource: Sendable {
  /// The folder as messages name it: `rulepacks/palermo`.
  public var folder: String
  /// The files, by path within the folder.
  public var files: [File]
  /// SHA-256 over the files, in hexadecimal.
  public var sha256: String

  /// One file of a pack.
  public struct File: Sendable, Hashable {
    /// The path within the folder: `rules.yaml`, `text/nb.yaml`.
    public var path: String
    /// What it holds.
    public var bytes: [UInt8]

    /// A file by its path within the folder.
    public init(path: String, bytes: [UInt8]) {
      self.path = path
      self.bytes = bytes
    }
  }

  /// Files with the digest that names them.
  public init(folder: String, files: [File], sha256: String) {
    self.folder = folder
    self.files = files.sorted { $0.path.utf8.lexicographicallyPrecedes($1.path.utf8) }
    self.sha256 = sha256
  }
}

/// What was read from a pack's folder: the pack as far as it could be read, and everything wrong with it.
public struct PackReading: Sendable {
  /// Nil if not even its name could be read.
  public var pack: RulePack?
  /// Sorted by place; warnings among them.
  public var diagnostics: [Diagnostic]
  /// False if a file or the pack's introduction could not be read, so that linking would only report what follows.
  public var isWhole: Bool
}

/// Reads a pack by the grammar of design section 4, with every problem at once.
///
/// Names are not resolved here: see ``Generation/link(_:)``.
public func readPack(_ source: PackSource) -> PackReading {
  var reader = PackReader(source: source)
  return reader.read()
}

/// The grammar number that this program reads.
let grammarNumber = "1"

struct PackReader {
  let source: PackSource
  var problems: [Diagnostic] = []
  /// The top-level keys of pack.yaml and the files beside it, with the file each stands in.
  private var sections: [String: Section] = [:]
  private var everyFileIsRead = true

  struct Section {
    let file: String
    let keyMark: YAMLNode.Mark
    let node: YAMLNode
  }

  init(source: PackSource) { self.source = source }

  private static let keys = [
    "lawspeaker", "pack", "source", "imports", "facts", "clauses", "rules", "irrelevant", "not_modelled",
  ]
  private static let laterKeys = [
    "readings", "law_in_time", "presumptions", "duties", "cautions", "changes", "properties",
  ]

  mutating func read() -> PackReading {
    for file in source.files where !file.path.contains("/") { readSections(file) }
    let introduction = readIntroduction()
    let clauses = read("clauses", default: []) { $0.clauses($1) }
    let facts = read("facts", default: []) { $0.facts($1) }
    let rules = read("rules", default: []) { $0.rules($1) }
    var pack = introduction
    pack?.source = readSource() ?? .init(cite: "", texts: [], checked: .first)
    pack?.imports = read("imports", default: []) { $0.imports($1) }
    pack?.facts = facts
    pack?.clauses = clauses
    pack?.rules = rules
    pack?.irrelevances = read("irrelevant", default: []) { $0.irrelevances($1) }
    pack?.notModelled = read("not_modelled", default: []) { $0.notModelled($1) }
    for file in source.files where file.path.contains("/") { readBeside(file, into: &pack) }
    for language in Language.allCases where pack?.texts[language] == nil && problems.isEmpty {
      problems.append(Diagnostic(at: place("text/\(language.rawValue).yaml"), .missingLanguage(language)))
      pack?.texts[language] = PackTexts()
    }
    let unreadable = unreadableNames(pack)
    pack?.unreadable = unreadable
    return PackReading(
      pack: pack, diagnostics: problems.sorted(), isWhole: pack != nil && everyFileIsRead)
  }

  func place(_ path: String) -> SourceLocation { SourceLocation(file: "\(source.folder)/\(path)") }

  private mutating func readSections(_ file: PackSource.File) {
    guard file.path.hasSuffix(".yaml") else {
      problems.append(Diagnostic(at: place(file.path), .strayFile(file.path)))
      return
    }
    guard let root = document(file).first else { return }
    var reader = TreeReader(file: place(file.path).file)
    let required = file.path == "pack.yaml" ? ["lawspeaker", "pack", "source"] : []
    let optional = Self.keys.filter { !required.contains($0) }
    _ = reader.form(root, "a pack", required: required, optional: optional, later: Self.laterKeys)
    for entry in reader.entries(root, "a pack") ?? [] {
      if let first = sections[entry.key] {
        reader.report(.sectionTwice(entry.key, first: first.file), at: entry.keyMark)
      } else {
        sections[entry.key] = Section(file: reader.file, keyMark: entry.keyMark, node: entry.value)
      }
    }
    problems += reader.problems
  }

  private mutating func document(_ file: PackSource.File, _ documents: YAMLDocuments = .one) -> [YAMLNode] {
    do throws(YAMLRefused) {
      return try readYAML(file.bytes, file: place(file.path).file, documents: documents)
    } catch {
      problems += error.diagnostics
      everyFileIsRead = false
      return []
    }
  }

  /// The names declared under a top-level key, whether or not they could be read.
  private func declared(_ key: String) -> [String] {
    guard case .mapping(let entries)? = sections[key]?.node.content else { return [] }
    return entries.map(\.key)
  }

  private func unreadableNames(_ pack: RulePack?) -> Set<String> {
    let declared = Set(["facts", "rules", "clauses"].flatMap { self.declared($0) })
    guard let pack else { return declared }
    return declared.subtracting(pack.facts.map(\.name) + pack.rules.map(\.name) + pack.clauses.map(\.name))
  }

  /// Reads one top-level key with a reader for its file.
  private mutating func read<T>(
    _ key: String, default missing: T, _ body: (inout TreeReader, YAMLNode) -> T?
  ) -> T {
    guard let section = sections[key] else { return missing }
    var reader = TreeReader(file: section.file)
    let value = body(&reader, section.node)
    problems += reader.problems
    return value ?? missing
  }

  private mutating func readIntroduction() -> RulePack? {
    guard source.files.contains(where: { $0.path == "pack.yaml" }) else {
      problems.append(Diagnostic(at: place("pack.yaml"), .noPackFile))
      return nil
    }
    if let grammar = sections["lawspeaker"], grammar.node.text != grammarNumber {
      var reader = TreeReader(file: grammar.file)
      reader.report(.grammar(grammarNumber), at: grammar.node.mark)
      problems += reader.problems
    }
    let digest = source.sha256
    let folder = source.folder
    return read("pack", default: nil) { reader, node in
      reader.introduction(node, folder: folder, sha256: digest)
    }
  }

  private mutating func readSource() -> RulePack.Source? {
    read("source", default: nil) { reader, node in reader.source(node) }
  }

  private mutating func readBeside(_ file: PackSource.File, into pack: inout RulePack?) {
    let parts = file.path.split(separator: "/").map(String.init)
    guard parts.count == 2, parts[1].hasSuffix(".yaml") else {
      problems.append(Diagnostic(at: place(file.path), .strayFile(file.path)))
      return
    }
    switch parts[0] {
    case "text":
      guard let language = Language(rawValue: String(parts[1].dropLast(5))) else {
        problems.append(Diagnostic(at: place(file.path), .unknownLanguage(String(parts[1].dropLast(5)))))
        return
      }
      guard let root = document(file).first else { return }
      var reader = TreeReader(file: place(file.path).file)
      pack?.texts[language] = reader.packTexts(root, declared: declared)
      if let pack { reader.checkComplete(pack.texts[language] ?? PackTexts(), of: pack, at: root.mark) }
      problems += reader.problems
    case "tests":
      var reader = TreeReader(file: place(file.path).file)
      pack?.tests += document(file, .many).compactMap { reader.packTest($0) }
      problems += reader.problems
    default: problems.append(Diagnostic(at: place(file.path), .strayFile(file.path)))
    }
  }
}
