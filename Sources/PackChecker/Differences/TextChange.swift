// SPDX-License-Identifier: Apache-2.0

internal import LawspeakerCore
package import YAMLTree

/// A part of a pack that reads otherwise in another version, as its author wrote it.
package struct TextChange: Hashable, Sendable {
  /// What the part says something about.
  package let subject: Subject
  /// As it stood; nil if it is new.
  package let before: Passage?
  /// As it stands; nil if it is gone.
  package let after: Passage?

  /// What a part of a pack is.
  package enum Subject: Hashable, Sendable {
    /// A clause as it is declared, by its id.
    case clause(String)
    /// The grounds of a rule under one clause.
    case ground(rule: String, clause: String)
    /// A rule but for its grounds.
    case rule(String)
    case reading(String)
    case fact(String)
    /// Which day's law governs, under one clause.
    case lawInTime(String)
  }

  /// Lines of a file.
  package struct Passage: Hashable, Sendable {
    /// Where the first of them stands.
    package var location: SourceLocation
    /// The lines, without the blanks that all of them begin with.
    package var lines: [String]
  }

  /// Every part that reads otherwise, in the order of the later files, what is gone at the end.
  static func all(from before: PackEdition, to after: PackEdition) -> [TextChange] {
    let (old, new) = (Passages(before), Passages(after))
    let subjects = new.order + old.order.filter { new.bySubject[$0] == nil }
    return subjects.compactMap { subject in
      let (first, second) = (old.bySubject[subject], new.bySubject[subject])
      guard first?.lines != second?.lines else { return nil }
      return TextChange(subject: subject, before: first, after: second)
    }
  }
}

extension TextChange.Subject {
  /// The name of the clause, or where there is none of what else it is.
  package var clause: String {
    switch self {
    case .clause(let id), .ground(_, let id), .lawInTime(let id): id
    case .rule(let id): "rule \(id)"
    case .reading(let id): "reading \(id)"
    case .fact(let id): "fact \(id)"
    }
  }

  /// What it is, in a few words.
  package var title: String {
    switch self {
    case .clause(let id): "clause \(id)"
    case .ground(let rule, let clause): "rule \(rule), ground under \(clause)"
    case .rule(let id): "rule \(id)"
    case .reading(let id): "reading \(id)"
    case .fact(let id): "fact \(id)"
    case .lawInTime(let id): "law_in_time under \(id)"
    }
  }
}

/// The parts of packs with their lines.
private struct Passages {
  private(set) var order: [TextChange.Subject] = []
  private(set) var bySubject: [TextChange.Subject: TextChange.Passage] = [:]
  private let files: [String: [Substring]]

  init(_ edition: PackEdition) {
    var files: [String: [Substring]] = [:]
    for source in edition.sources {
      for file in source.files where !file.path.hasPrefix("text/") && !file.path.hasPrefix("tests/") {
        let text = String(decoding: file.bytes, as: UTF8.self)
        files["\(source.folder)/\(file.path)"] = text.split(separator: "\n", omittingEmptySubsequences: false)
      }
    }
    self.files = files
    for pack in edition.generation.packs { note(pack) }
  }

  private mutating func note(_ pack: RulePack) {
    for clause in pack.clauses { note(.clause(pack.qualified(clause.name)), entry(at: clause.location)) }
    for fact in pack.facts { note(.fact(pack.qualified(fact.name)), entry(at: fact.location)) }
    for reading in pack.readings { note(.reading(pack.qualified(reading.name)), entry(at: reading.location)) }
    for law in pack.lawInTime {
      note(.lawInTime(pack.qualified(law.clause.text)), item(at: law.clause.location, from: 1))
    }
    for rule in pack.rules {
      let id = pack.qualified(rule.name)
      note(.rule(id), head(of: rule))
      for ground in rule.grounds {
        let subject = TextChange.Subject.ground(rule: id, clause: pack.qualified(ground.clause.text))
        note(subject, item(at: ground.clause.location, from: rule.location.line) ?? entry(at: rule.location))
      }
    }
  }

  /// Adds lines to a part; several grounds under one clause are one part.
  private mutating func note(_ subject: TextChange.Subject, _ passage: TextChange.Passage?) {
    guard let passage else { return }
    if bySubject[subject] == nil { order.append(subject) }
    bySubject[subject, default: .init(location: passage.location, lines: [])].lines += passage.lines
  }

  /// The lines of a mapping's entry: its own, and those that stand further in.
  private func entry(at location: SourceLocation) -> TextChange.Passage? {
    passage(in: location.file, from: location.line, to: nil, deeperThan: location.column - 1)
  }

  /// The lines of a list's item that holds a place; nil if no line from some on begins such an item.
  private func item(at location: SourceLocation, from start: Int) -> TextChange.Passage? {
    guard let lines = files[location.file], lines.indices.contains(location.line - 1) else { return nil }
    guard let first = lines[(start - 1)...(location.line - 1)].lastIndex(where: \.isItem) else { return nil }
    return passage(in: location.file, from: first + 1, to: nil, deeperThan: lines[first].indent)
  }

  /// The lines of a rule before its first ground; nil where the two stand on one line.
  private func head(of rule: Rule) -> TextChange.Passage? {
    let start = rule.location.line
    guard let ground = rule.grounds.first, let item = item(at: ground.clause.location, from: start) else {
      return nil
    }
    return passage(
      in: rule.location.file, from: start, to: item.location.line, deeperThan: rule.location.column - 1)
  }

  private func passage(
    in file: String, from first: Int, to end: Int?, deeperThan indent: Int
  ) -> TextChange.Passage? {
    guard let lines = files[file], lines.indices.contains(first - 1) else { return nil }
    var passage = [lines[first - 1]]
    for line in lines[first...].prefix(max(0, (end ?? .max) - first - 1)) {
      guard line.isBlank || line.indent > indent else { break }
      passage.append(line)
    }
    while passage.last?.isBlank == true || passage.last?.isComment == true { passage.removeLast() }
    let location = SourceLocation(file: file, line: first, column: indent + 1)
    return .init(location: location, lines: passage.map { String($0.dropFirst(min(indent, $0.indent))) })
  }
}

extension Substring {
  /// How many blanks it begins with.
  fileprivate var indent: Int { prefix { $0 == " " }.count }
  fileprivate var isBlank: Bool { allSatisfy { $0 == " " } }
  fileprivate var isComment: Bool { dropFirst(indent).hasPrefix("#") }
  fileprivate var isItem: Bool { dropFirst(indent).hasPrefix("- ") }
}
