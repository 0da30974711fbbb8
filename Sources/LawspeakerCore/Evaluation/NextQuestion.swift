// SPDX-License-Identifier: Apache-2.0

/// What asking about one fact would be worth.
struct QuestionValue {
  /// How many answers there are.
  let answers: Int
  /// How many facts would stay open, added up over the answers.
  let openAfter: Int
  /// What it costs to ask.
  let burden: Int

  /// True if this question takes away more open facts for its burden than another, on average over its answers.
  func isWorthMore(than other: QuestionValue, openNow: Int) -> Bool {
    let (mine, theirs) = (openNow * answers - openAfter, openNow * other.answers - other.openAfter)
    return mine * other.answers * other.burden > theirs * answers * burden
  }
}

/// Weighs what could be asked about one node that is open.
struct QuestionWeighing {
  let generation: Generation
  let node: Int
  private let cone: Plan.Cone
  /// The completions under the answer that is looked at.
  private var box: Box
  /// The nodes for which the answer still waits; all clear between two answers.
  private var isReached: [Bool]

  init(_ generation: Generation, _ node: Int, in box: Box) {
    self.generation = generation
    self.node = node
    cone = generation.plan.cone(of: node)
    self.box = box
    isReached = Array(repeating: false, count: generation.plan.nodes.count)
  }

  /// What asking about a fact would be worth.
  ///
  /// An answer to a set is one of its open members, or none of them; to any other fact one of its possible cells.
  mutating func value(of variables: [Int], burden: Int) -> QuestionValue {
    var (answers, open) = (0, 0)
    func note(_ facts: Int) { (answers, open) = (answers + 1, open + facts) }
    if variables.count > 1 {
      for variable in variables { note(openFacts(after: [variable], 0b10)) }
      note(openFacts(after: variables, 0b01))
    } else if let variable = variables.first {
      var cells = box.masks[variable]
      while cells != 0 {
        note(openFacts(after: [variable], cells & ~(cells - 1)))  // the least cell
        cells &= cells - 1
      }
    }
    return QuestionValue(answers: max(1, answers), openAfter: open, burden: burden)
  }

  /// How many facts the node still waits for, as its formula is written, when variables are in some cells only.
  private mutating func openFacts(after variables: [Int], _ cells: UInt64) -> Int {
    let before = variables.map { box.masks[$0] }
    for variable in variables { box.masks[variable] &= cells }
    generation.plan.read(cone, box.masks, into: &box.truths)
    for (variable, mask) in zip(variables, before) { box.masks[variable] = mask }
    return openFacts()
  }

  private mutating func openFacts() -> Int {
    var isOpen = [Bool](repeating: false, count: generation.facts.count)
    var count = 0
    isReached[node] = true
    for number in cone.nodes.reversed() where isReached[number] {
      isReached[number] = false
      guard box.truths[number] == .open else { continue }
      let inner = generation.plan.nodes[number]
      for place in inner.range { isReached[generation.plan.parts[place]] = true }
      guard inner.kind == .atom, let fact = generation.variables[inner.number].fact, !isOpen[fact] else {
        continue
      }
      isOpen[fact] = true
      count += 1
    }
    return count
  }
}
