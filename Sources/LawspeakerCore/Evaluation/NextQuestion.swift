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

extension Plan {
  /// What asking about a fact would be worth for a node that is open.
  ///
  /// An answer to a set is one of its open members, or none of them; to any other fact one of its possible cells.
  func value(of variables: [Int], burden: Int, for node: Int, in box: Box, facts: [Int?]) -> QuestionValue {
    var answers: [[UInt64]] = []
    func answer(_ changes: [(Int, UInt64)]) {
      var masks = box.masks
      for (variable, cells) in changes { masks[variable] &= cells }
      answers.append(masks)
    }
    if variables.count > 1 {
      for variable in variables { answer([(variable, 0b10)]) }
      answer(variables.map { ($0, 0b01) })
    } else if let variable = variables.first {
      for cell in cells[variable].indices where box.masks[variable] & (1 << UInt64(cell)) != 0 {
        answer([(variable, 1 << UInt64(cell))])
      }
    }
    let open = answers.reduce(0) { $0 + openFacts(of: node, $1, facts) }
    return QuestionValue(answers: max(1, answers.count), openAfter: open, burden: burden)
  }

  /// How many facts a node still waits for, as its formula is written.
  private func openFacts(of node: Int, _ masks: [UInt64], _ facts: [Int?]) -> Int {
    let truths = truths(masks, asking: node)
    var open: Set<Int> = []
    var seen: Set<Int> = []
    func visit(_ number: Int) {
      guard truths[number] == .open, seen.insert(number).inserted else { return }
      if nodes[number].kind == .atom, let fact = facts[nodes[number].number] { open.insert(fact) }
      for place in nodes[number].range { visit(parts[place]) }
    }
    visit(node)
    return open.count
  }
}
