// SPDX-License-Identifier: Apache-2.0

public import YAMLTree

/// The content of the packs that a pack imports, as it was when someone last looked: the file `pack.lock`.
public struct PackLock: Sendable, Hashable {
  /// One pin for each import, in the order of the imports.
  public var pins: [Pin]
  /// Where the file begins.
  public var location: SourceLocation

  /// An imported pack with the digest of its files.
  public struct Pin: Sendable, Hashable {
    /// The pack's name.
    public var pack: String
    /// The version, exactly.
    public var version: String
    /// SHA-256 over its files, in hexadecimal.
    public var sha256: String
    /// Where it stands.
    public var location: SourceLocation
  }

  /// The name of the file beside `pack.yaml`.
  public static let fileName = "pack.lock"

  /// The text of a lock.
  ///
  /// - Parameter imports: Name, version and digest of each imported pack, in the order of the imports.
  /// - Returns: The file's text, ending in a newline.
  public static func text(pinning imports: [(pack: String, version: String, sha256: String)]) -> String {
    let pins = imports.map { "  - {pack: \($0.pack), version: \($0.version), sha256: \($0.sha256)}\n" }
    return "# Written by `lawspeaker packs lock`: the content of the imported packs. Do not edit.\n"
      + "lawspeaker: \(grammarNumber)\nimports:\n" + pins.joined()
  }
}

extension PackReader {
  /// Reads the lock of a pack, if it has one, and compares it with what the pack imports.
  mutating func readLock(into pack: inout RulePack?) {
    guard let file = source.files.first(where: { $0.path == PackLock.fileName }) else { return }
    guard let root = document(file).first else { return }
    var reader = TreeReader(file: place(file.path).file)
    let lock = reader.lock(root)
    if let lock, let pack { reader.compare(lock, with: pack.imports) }
    pack?.lock = lock
    problems += reader.problems
  }
}

extension TreeReader {
  /// The pins of a lock; nil if one cannot be read.
  fileprivate mutating func lock(_ root: YAMLNode) -> PackLock? {
    guard let form = form(root, "a lock", required: ["lawspeaker", "imports"]) else { return nil }
    if let grammar = form["lawspeaker"], grammar.text != grammarNumber {
      report(.grammar(grammarNumber), at: grammar.mark)
    }
    guard let items = form["imports"].flatMap({ list($0, "`imports`") }) else { return nil }
    let pins = items.compactMap { pin($0) }
    return pins.count == items.count ? PackLock(pins: pins, location: location(root.mark)) : nil
  }

  private mutating func pin(_ node: YAMLNode) -> PackLock.Pin? {
    guard let form = form(node, "a locked import", required: ["pack", "version", "sha256"]) else {
      return nil
    }
    let pack = form["pack"].flatMap { text($0, "`pack`") }
    let version = form["version"].flatMap { packVersion($0) }
    let sha256 = form["sha256"].flatMap { digest($0, "`sha256`") }
    guard let pack, let version, let sha256 else { return nil }
    return .init(pack: pack, version: version, sha256: sha256, location: location(node.mark))
  }

  /// SHA-256 in hexadecimal.
  mutating func digest(_ node: YAMLNode, _ what: String) -> String? {
    guard let text = text(node, what) else { return nil }
    let digits = Array("0123456789abcdef".utf8)
    if text.utf8.count == 64, text.utf8.allSatisfy(digits.contains) { return text }
    report(.badDigest(what), at: node.mark)
    return nil
  }

  /// A lock names each import once, in its version, and nothing else.
  fileprivate mutating func compare(_ lock: PackLock, with imports: [RulePack.Import]) {
    for (place, pin) in lock.pins.enumerated() {
      let isImported = imports.contains { $0.pack == pin.pack && $0.version == pin.version }
      let isFirst = !lock.pins.prefix(place).contains { $0.pack == pin.pack }
      if !isImported || !isFirst {
        problems.append(Diagnostic(at: pin.location, .lockNotImported(pin.pack, pin.version)))
      }
    }
    for wanted in imports
    where !lock.pins.contains(where: { $0.pack == wanted.pack && $0.version == wanted.version }) {
      problems.append(Diagnostic(at: lock.location, .lockLacks(wanted.pack, wanted.version)))
    }
  }
}
