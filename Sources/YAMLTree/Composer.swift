// SPDX-License-Identifier: Apache-2.0

/// Builds nodes from events and notes everything that the reader refuses.
struct Composer {
  let file: String
  let limits: YAMLLimits
  let documents: YAMLDocuments
  private(set) var roots: [YAMLNode] = []
  private(set) var problems: [Diagnostic] = []
  private var open: [Collection] = []
  private var nodes = 0

  init(file: String, limits: YAMLLimits, documents: YAMLDocuments) {
    self.file = file
    self.limits = limits
    self.documents = documents
  }

  /// How many problems a person reads at once.
  static let maximumProblems = 100

  /// Takes one event; false says that reading on would serve nobody.
  mutating func take(_ placed: PlacedEvent) -> Bool {
    guard problems.count < Self.maximumProblems else {
      return stop(.tooManyProblems(limit: Self.maximumProblems), at: placed.mark)
    }
    if placed.hasAnchor { report(.anchor, at: placed.mark) }
    if placed.hasTag { report(.tag, at: placed.mark) }
    switch placed.event {
    case .documentStart(let hasDirective): return startDocument(hasDirective, at: placed.mark)
    case .documentEnd: return true
    case .streamEnd: return endStream(at: placed.mark)
    case .failure(let problem): return stop(.syntax(problem), at: placed.mark)
    case .alias:
      report(.alias, at: placed.mark)
      return add(.scalar(.init(text: "", isPlain: true)), at: placed.mark, isAlias: true)
    case .scalar(let text, let isPlain):
      guard let text else { return stop(.scalarTooLong(limit: limits.scalarBytes), at: placed.mark) }
      // the bytes hold no NUL, so only an escape can write one
      if !isPlain, text.utf8.contains(0) { report(.nulByte, at: placed.mark) }
      return add(.scalar(.init(text: text, isPlain: isPlain)), at: placed.mark)
    case .sequenceStart(let isFlow):
      return begin(Collection(isMapping: false, isFlow: isFlow, mark: placed.mark))
    case .mappingStart(let isFlow):
      return begin(Collection(isMapping: true, isFlow: isFlow, mark: placed.mark))
    case .sequenceEnd, .mappingEnd: return close()
    }
  }

  private mutating func startDocument(_ hasDirective: Bool, at mark: YAMLNode.Mark) -> Bool {
    if hasDirective { report(.tag, at: mark) }
    if documents == .one, !roots.isEmpty { return stop(.severalDocuments, at: mark) }
    return true
  }

  private mutating func endStream(at mark: YAMLNode.Mark) -> Bool {
    if documents == .one, roots.isEmpty, problems.isEmpty {
      report(.noDocument, at: .init(line: 1, column: 1))
    }
    return false
  }

  private mutating func begin(_ collection: Collection) -> Bool {
    guard open.count < limits.depth else { return stop(.tooDeep(limit: limits.depth), at: collection.mark) }
    open.append(collection)
    return true
  }

  private mutating func close() -> Bool {
    guard let collection = open.popLast() else { preconditionFailure("libyaml closes only what it opened") }
    return add(collection.content, at: collection.mark, isFlow: collection.isFlow)
  }

  private mutating func add(
    _ content: YAMLNode.Content, at mark: YAMLNode.Mark, isFlow: Bool = false, isAlias: Bool = false
  ) -> Bool {
    nodes += 1
    guard nodes <= limits.nodes else { return stop(.tooManyNodes(limit: limits.nodes), at: mark) }
    let node = YAMLNode(content: content, mark: mark, isFlow: isFlow)
    if open.isEmpty {
      roots.append(node)
    } else if let refused = open[open.count - 1].add(node, isAlias: isAlias) {
      report(refused, at: mark)
    }
    return true
  }

  private mutating func report(_ message: Diagnostic.Message, at mark: YAMLNode.Mark) {
    problems.append(Diagnostic(at: .init(file: file, line: mark.line, column: mark.column), message))
  }

  private mutating func stop(_ message: Diagnostic.Message, at mark: YAMLNode.Mark) -> Bool {
    report(message, at: mark)
    return false
  }
}

/// A list or mapping whose end has not been read.
private struct Collection {
  let isMapping: Bool
  let isFlow: Bool
  let mark: YAMLNode.Mark
  private var items: [YAMLNode] = []
  private var entries: [YAMLNode.Entry] = []
  private var key: (text: String, mark: YAMLNode.Mark)?
  private var keys = Keys()

  init(isMapping: Bool, isFlow: Bool, mark: YAMLNode.Mark) {
    self.isMapping = isMapping
    self.isFlow = isFlow
    self.mark = mark
  }

  var content: YAMLNode.Content { isMapping ? .mapping(entries) : .sequence(items) }

  /// Adds an item, a key or a value; returns what is wrong with it.
  mutating func add(_ node: YAMLNode, isAlias: Bool) -> Diagnostic.Message? {
    guard isMapping else {
      items.append(node)
      return nil
    }
    guard let key else { return addKey(node, isAlias: isAlias) }
    entries.append(.init(key: key.text, keyMark: key.mark, value: node))
    self.key = nil
    return nil
  }

  private mutating func addKey(_ node: YAMLNode, isAlias: Bool) -> Diagnostic.Message? {
    guard case .scalar(let scalar) = node.content else {
      key = ("", node.mark)
      return .keyNotPlain
    }
    key = (scalar.text, node.mark)
    if isAlias { return nil }  // its text is unknown, so it is no duplicate of another
    if scalar.isPlain, scalar.text == "<<" { return .mergeKey }
    if let first = keys.note(scalar.text, line: node.mark.line) {
      return .duplicateKey(scalar.text, firstLine: first)
    }
    return nil
  }
}

/// The keys of one mapping with their lines: few are looked through, many are hashed.
private struct Keys {
  private static let few = 16
  private var all: [(text: String, line: Int)] = []
  private var lines: [Key: Int] = [:]

  /// Notes a key; returns the line on which it stood before, if it did.
  mutating func note(_ text: String, line: Int) -> Int? {
    defer { all.append((text, line)) }
    if all.count < Self.few { return all.last { isSame($0.text, text) }?.line }
    if lines.isEmpty { lines = Dictionary(all.map { (Key(text: $0.text), $0.line) }) { $1 } }
    return lines.updateValue(line, forKey: Key(text: text))
  }

  private struct Key: Hashable {
    let text: String

    static func == (a: Key, b: Key) -> Bool { isSame(a.text, b.text) }

    func hash(into hasher: inout Hasher) {
      for byte in text.utf8 { hasher.combine(byte) }
    }
  }
}

/// Keys are compared as bytes: String equality alone would take `é` and `e` with an accent for one key.
private func isSame(_ a: String, _ b: String) -> Bool { a == b && a.utf8.elementsEqual(b.utf8) }
