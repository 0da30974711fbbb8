// SPDX-License-Identifier: Apache-2.0

/// Rules, grounds, exceptions and what they rest on as a graph, in the law's order; with a case, what decided it.
///
/// A rule that several others stand on is there once. Without a case, readings are those that usually stand.
package struct RuleGraph: Sendable {
  /// In the order in which they are drawn.
  package private(set) var nodes: [Node] = []
  /// In the order in which they are drawn.
  package private(set) var edges: [Edge] = []
  /// The language of its words.
  package let language: Language
  /// True if a case was answered.
  package let hasCase: Bool
  let generation: Generation
  /// True if all rules are drawn, each once whatever standard looks at it.
  private let isOverview: Bool
  private var numbers: [Key: Int] = [:]

  /// Something that is drawn.
  package struct Node: Sendable, Hashable {
    /// What it is.
    package var kind: Kind
    /// Its words.
    package var text: String
    /// The answer on the case; nil without one.
    package var status: Status?
    /// The pack it is drawn in, by number; nil for a fact.
    package var pack: Int?
    /// True if the answer stands on it.
    package var isDeciding = false

    /// What a node is.
    package enum Kind: Sendable, Hashable {
      /// A conclusion of its own, with its id.
      case conclusion(String)
      /// A rule that others stand on, with its id.
      case notion(String)
      case ground
      case exception
      case condition
      /// A fact; missing if the case says nothing of it.
      case fact(isMissing: Bool)
    }
  }

  /// A line from what is answered to what it rests on.
  package struct Edge: Sendable, Hashable {
    /// From which node, by number.
    package var from: Int
    /// To which node, by number.
    package var to: Int
    /// True if it must not be so.
    package var isNegated = false
    /// True if it leads to an exception.
    package var isException = false
    /// True if the answer stands on it.
    package var isDeciding = false
  }

  /// What is the same wherever it stands.
  private enum Key: Hashable {
    case rule(String, Standard?)
    case fact(Int, String)
  }

  /// Draws one conclusion with everything it stands on, or all that packs conclude.
  ///
  /// - Parameters:
  ///   - conclusion: The rule, by number; nil for all rules of all packs, without facts.
  ///   - file: The case; nil to draw the law alone.
  ///   - generation: The packs.
  ///   - language: The language of the words.
  package init(
    of conclusion: Int? = nil, on file: Case? = nil, under generation: Generation, in language: Language
  ) {
    self.generation = generation
    self.language = language
    hasCase = file != nil
    isOverview = conclusion == nil
    let silent = Case(
      reference: "", person: nil, related: [], jurisdiction: "UN", isJurisdictionStated: false,
      assessedOn: .last, frame: CaseFrame(), given: [], packs: Array(generation.packs.indices))
    let all = file.map { generation.conclusions(of: $0) } ?? Array(0..<generation.ownRules)
    let roots = (conclusion.map { [$0] } ?? all).map { rule in
      let tree = ExplanationTree(
        drawing: rule, on: file ?? silent, under: generation, in: language,
        growth: isOverview ? .names : .once)
      return add(isOverview ? tree.withoutFacts : tree, in: nil)
    }
    edges.sort { $0.from < $1.from }
    if hasCase { markDeciding(from: roots) }
  }

  /// Adds what stands in a tree; what combines stands in the pack of the ground above it.
  private mutating func add(_ tree: ExplanationTree, in pack: Int?) -> Int {
    let number = node(of: tree, in: pack)
    for part in tree.parts {
      var edge = Edge(from: number, to: 0)
      var target = part
      while target.kind == .negation, let inner = target.parts.first {
        edge.isNegated.toggle()
        target = inner
      }
      if case .ground(_, isException: true) = target.kind { edge.isException = true }
      edge.to = add(target, in: nodes[number].pack)
      if !edges.contains(edge) { edges.append(edge) }
    }
    return number
  }

  private mutating func node(of tree: ExplanationTree, in pack: Int?) -> Int {
    let status = hasCase ? tree.status : nil
    let key: Key?
    var node = Node(kind: .condition, text: tree.text, status: status)
    switch tree.kind {
    case .rule(let number):
      let rule = generation.rules[number]
      key = .rule(rule.id, isOverview ? nil : rule.standard)
      node.kind = rule.declaration.about == nil ? .notion(rule.id) : .conclusion(rule.id)
      node.pack = rule.pack
    case .ground(let clause, let isException):
      key = nil
      node.kind = isException ? .exception : .ground
      node.pack = clause.pack
    case .fact(let fact, let isAnswered):
      key = .fact(fact, tree.text)
      node.kind = .fact(isMissing: hasCase && !isAnswered)
    case .negation, .condition:
      key = nil
      node.pack = pack
    }
    guard let key else { return append(node) }
    if let known = numbers[key] {
      // the answer is that of the rule by itself, where it has been or will be drawn with its grounds
      if !tree.parts.isEmpty { nodes[known].status = status }
      return known
    }
    numbers[key] = append(node)
    return nodes.count - 1
  }

  private mutating func append(_ node: Node) -> Int {
    nodes.append(node)
    return nodes.count - 1
  }
}

/// What an answer stands on.
extension RuleGraph {
  private mutating func markDeciding(from roots: [Int]) {
    var waiting = roots
    var seen: Set<Int> = []
    while let node = waiting.popLast() {
      guard seen.insert(node).inserted else { continue }
      nodes[node].isDeciding = true
      for edge in decidingEdges(from: node) {
        edges[edge].isDeciding = true
        waiting.append(edges[edge].to)
      }
    }
  }

  /// The lines to what answers as the node does; if none does, to what is open: then several decide together, and what is
  /// open by itself decides nothing, such as under a clause that is not in force.
  private func decidingEdges(from node: Int) -> [Int] {
    let own = edges.indices.filter { edges[$0].from == node }
    let alike = own.filter { answer(along: edges[$0]) == nodes[node].status }
    let open = own.filter { answer(along: edges[$0]) == .undetermined }
    return alike.isEmpty && open.count > 1 ? open : alike
  }

  /// What the far end of a line says for its near end.
  private func answer(along edge: Edge) -> Status? {
    let status = nodes[edge.to].status
    guard edge.isNegated || edge.isException else { return status }
    switch status {
    case .holds: return .fails
    case .fails, .notInForce: return .holds
    case .undetermined, .contradictory, .unsettled, nil: return status
    }
  }
}

extension ExplanationTree {
  /// The tree with rules, grounds and exceptions alone, and what combines rules.
  fileprivate var withoutFacts: ExplanationTree {
    var tree = self
    tree.parts = parts.filter(\.holdsRules).map(\.withoutFacts)
    return tree
  }

  private var holdsRules: Bool {
    switch kind {
    case .rule, .ground: true
    case .fact: false
    case .negation, .condition: parts.contains(where: \.holdsRules)
    }
  }
}
