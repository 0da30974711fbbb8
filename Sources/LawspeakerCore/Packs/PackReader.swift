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
///
/// - Parameters:
///   - source: The files.
///   - withTests: False to leave the pack's own tests unread.
/// - Returns: The pack as far as it could be read, and every problem.
public func readPack(_ source: PackSource, withTests: Bool = true) -> PackReading {
  var source = source
  if !withTests { source.files.removeAll { $0.path.hasPrefix("tests/") } }
  var reader = PackReader(source: source)
  return reader.read()
}

/// The grammar number that this program reads.
let grammarNumber = "1"

struct PackReader {
  let source: PackSource
  var problems: [Diagnostic] = []
  /// The top-level keys of pack.yaml and the files beside it, once for each file that a key stands in.
  private var sections: [String: [Section]] = [:]
  /// Which file holds a name, by section and name.
  private var files: [String: [String: String]] = [:]
  private var everyFileIsRead = true

  struct Section {
    let file: String
    let node: YAMLNode
  }

  init(source: PackSource) { self.source = source }

  /// What stands once in a pack; every other section may be spread over files.
  private static let keysOfOneFile = ["lawspeaker", "pack", "source"]
  private static let keys = [
    "lawspeaker", "pack", "source", "imports", "facts", "clauses", "readings", "law_in_time", "rules",
    "presumptions", "irrelevant", "duties", "cautions", "comparisons", "not_modelled",
    "changes", "properties",
  ]
  /// The sections that are mappings by name.
  private static let namedSections = [
    "facts", "clauses", "readings", "rules", "duties", "cautions", "comparisons",
  ]

  mutating func read() -> PackReading {
    let own = source.files.filter { !$0.path.contains("/") && $0.path != PackLock.fileName }
    // INVARIANT: pack.yaml, then the others by name; the order of rules shows in decisions.
    for file in own where file.path == "pack.yaml" { readSections(file) }
    for file in own where file.path != "pack.yaml" { readSections(file) }
    var pack = readIntroduction()
    pack?.source = readSource() ?? .init(cite: "", texts: [], checked: .first)
    readAllSections(into: &pack)
    readLock(into: &pack)
    readBeside(into: &pack)
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
    let required = file.path == "pack.yaml" ? Self.keysOfOneFile : []
    let optional = Self.keys.filter { !required.contains($0) }
    _ = reader.form(root, "a pack", required: required, optional: optional)
    for entry in reader.entries(root, "a pack") ?? [] {
      if let first = sections[entry.key]?.first, Self.keysOfOneFile.contains(entry.key) {
        reader.report(.sectionTwice(entry.key, first: first.file), at: entry.keyMark)
      } else {
        let node = withoutNamesOfOtherFiles(entry, &reader)
        sections[entry.key, default: []].append(Section(file: reader.file, node: node))
      }
    }
    problems += reader.problems
  }

  /// A section as it stands in one file, without the names that another file holds already.
  private mutating func withoutNamesOfOtherFiles(
    _ section: YAMLNode.Entry, _ reader: inout TreeReader
  ) -> YAMLNode {
    guard Self.namedSections.contains(section.key), case .mapping(let entries) = section.value.content else {
      return section.value
    }
    var node = section.value
    node.content = .mapping(
      entries.filter { entry in
        guard let first = files[section.key]?[entry.key] else {
          files[section.key, default: [:]][entry.key] = reader.file
          return true
        }
        reader.report(.nameTwice(entry.key, of: section.key, first: first), at: entry.keyMark)
        return false
      })
    return node
  }

  /// The documents of a file; none if it cannot be read.
  mutating func document(_ file: PackSource.File, _ documents: YAMLDocuments = .one) -> [YAMLNode] {
    do throws(YAMLRefused) {
      return try readYAML(file.bytes, file: place(file.path).file, documents: documents)
    } catch {
      problems += error.diagnostics
      everyFileIsRead = false
      return []
    }
  }

  /// The names declared under a top-level key, whether or not they could be read.
  func declared(_ key: String) -> [String] {
    (sections[key] ?? []).flatMap { section in
      guard case .mapping(let entries) = section.node.content else { return [String]() }
      return entries.map(\.key)
    }
  }

  private func unreadableNames(_ pack: RulePack?) -> Set<String> {
    let declared = Set(Self.namedSections.flatMap { self.declared($0) })
    guard let pack else { return declared }
    let steps =
      pack.readings.map(\.name) + pack.duties.map(\.name) + pack.cautions.map(\.name)
      + pack.comparisons.map(\.name)
    return declared.subtracting(
      pack.facts.map(\.name) + pack.rules.map(\.name) + pack.clauses.map(\.name) + steps)
  }

  /// Reads a section that stands once, with a reader for its file.
  private mutating func read<T>(_ key: String, _ body: (inout TreeReader, YAMLNode) -> T?) -> T? {
    guard let section = sections[key]?.first else { return nil }
    var reader = TreeReader(file: section.file)
    let value = body(&reader, section.node)
    problems += reader.problems
    return value
  }

  /// Reads a section file by file and puts the parts together.
  private mutating func readAll<T>(_ key: String, _ body: (inout TreeReader, YAMLNode) -> [T]?) -> [T] {
    var all: [T] = []
    for section in sections[key] ?? [] {
      var reader = TreeReader(file: section.file)
      all += body(&reader, section.node) ?? []
      problems += reader.problems
    }
    return all
  }

  private mutating func readAllSections(into pack: inout RulePack?) {
    let imports = readAll("imports") { $0.imports($1) }
    let facts = readAll("facts") { $0.facts($1) }
    let clauses = readAll("clauses") { $0.clauses($1) }
    let readings = readAll("readings") { $0.readings($1) }
    let lawInTime = readAll("law_in_time") { $0.lawInTime($1) }
    let rules = readAll("rules") { $0.rules($1) }
    let presumptions = readAll("presumptions") { $0.presumptions($1) }
    let irrelevances = readAll("irrelevant") { $0.irrelevances($1) }
    let duties = readAll("duties") { $0.duties($1) }
    let cautions = readAll("cautions") { $0.cautions($1) }
    let comparisons = readAll("comparisons") { $0.comparisons($1) }
    let notModelled = readAll("not_modelled") { $0.notModelled($1) }
    let changes = readAll("changes") { $0.changes($1) }
    let properties = readAll("properties") { $0.properties($1) }
    pack?.imports = imports
    pack?.facts = facts
    pack?.clauses = clauses
    pack?.readings = readings
    pack?.lawInTime = lawInTime
    pack?.rules = rules
    pack?.presumptions = presumptions
    pack?.irrelevances = irrelevances
    pack?.duties = duties
    pack?.cautions = cautions
    pack?.comparisons = comparisons
    pack?.notModelled = notModelled
    pack?.changes = changes
    pack?.properties = properties
  }

  private mutating func readIntroduction() -> RulePack? {
    guard source.files.contains(where: { $0.path == "pack.yaml" }) else {
      problems.append(Diagnostic(at: place("pack.yaml"), .noPackFile))
      return nil
    }
    if let grammar = sections["lawspeaker"]?.first, grammar.node.text != grammarNumber {
      var reader = TreeReader(file: grammar.file)
      reader.report(.grammar(grammarNumber), at: grammar.node.mark)
      problems += reader.problems
    }
    let digest = source.sha256
    let folder = source.folder
    return read("pack") { reader, node in
      reader.introduction(node, folder: folder, sha256: digest)
    }
  }

  private mutating func readSource() -> RulePack.Source? {
    read("source") { reader, node in reader.source(node) }
  }
}
