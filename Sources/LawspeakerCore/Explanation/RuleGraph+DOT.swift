// SPDX-License-Identifier: Apache-2.0

/// The graph for Graphviz.
///
/// Shapes, lines and short words carry the meaning, so that it can be read in black and white; colours (Okabe and Ito's,
/// which colour-blind people tell apart) repeat it.
extension RuleGraph {
  /// The graph in the DOT language, the same text for the same packs and case.
  package func dot(titled title: String) -> String {
    let wording = Wording(language: language)
    var lines = [
      "digraph law {",
      "  graph [rankdir=LR, ordering=out, labelloc=t, fontname=\"sans-serif\", label=\(quoted(title))]",
      "  node [fontname=\"sans-serif\", fontsize=11, color=black, fontcolor=black]",
      "  edge [fontname=\"sans-serif\", fontsize=10, color=black, fontcolor=black]",
    ]
    for pack in packs {
      lines.append("  subgraph cluster_\(pack) {")
      lines.append("    graph [style=rounded, color=gray40, label=\(quoted(label(ofPack: pack)))]")
      lines += nodes.indices.filter { nodes[$0].pack == pack }.map { "    " + line(ofNode: $0, wording) }
      lines.append("  }")
    }
    lines += nodes.indices.filter { nodes[$0].pack == nil }.map { "  " + line(ofNode: $0, wording) }
    lines += edges.map { "  " + line(of: $0, wording) }
    lines += legend(wording).map { "  " + $0 }
    return (lines + ["}"]).joined(separator: "\n") + "\n"
  }

  private var packs: [Int] { Set(nodes.compactMap(\.pack)).sorted() }

  private func line(ofNode number: Int, _ wording: Wording) -> String {
    let node = nodes[number]
    var text = folded(node.text)
    switch node.kind {
    case .conclusion(let id), .notion(let id): text += "\n" + id
    case .ground, .exception, .condition, .fact: break
    }
    if let word = wording.graphWord(for: node) { text += "\n" + word }
    return "n\(number) [\(attributes(["label": text], node.kind.attributes, Look(node).ofNode))]"
  }

  private func line(of edge: Edge, _ wording: Wording) -> String {
    var own: [String: String] = edge.isNegated ? ["arrowhead": "tee", "label": wording.not] : [:]
    if edge.isException {
      own = ["arrowhead": "odiamond", "label": wording.unless]
      if hasCase, edge.isDeciding, nodes[edge.to].status == .holds {
        own = ["arrowhead": "diamond", "label": wording.graphDefeats]
      }
    }
    let look = hasCase ? Look(nodes[edge.to], isDeciding: edge.isDeciding).ofEdge : [:]
    let written = attributes(own, look)
    return "n\(edge.from) -> n\(edge.to)" + (written.isEmpty ? "" : " [\(written)]")
  }

  /// A sample of each shape and line that occurs, with its meaning.
  private func legend(_ wording: Wording) -> [String] {
    var lines = ["subgraph cluster_legend {", "  graph [style=dashed, label=\(quoted(wording.graphLegend))]"]
    var count = 0
    func add(_ text: String, _ own: [String: String]) {
      lines.append("  l\(count) [\(attributes(["label": folded(text)], own))]")
      count += 1
    }
    for sample in Node.Kind.samples where nodes.contains(where: { $0.kind.shape == sample.shape }) {
      add(wording.graphName(of: sample), sample.attributes)
    }
    if hasCase {
      for status in [Status.holds, .fails, .undetermined]
      where nodes.contains(where: { $0.status == status }) {
        let node = Node(kind: .ground, text: "", status: status)
        add(wording.graphWord(for: status), ["shape": "box"].merging(Look(node).ofNode) { $1 })
      }
      let missing = Node(kind: .fact(isMissing: true), text: "", status: .undetermined)
      if nodes.contains(where: { $0.kind == missing.kind && $0.status == missing.status }),
        let word = wording.graphWord(for: missing)
      {
        add(word, missing.kind.attributes.merging(Look(missing).ofNode) { $1 })
      }
      add(wording.graphThick, ["shape": "box", "penwidth": "3"])
    }
    if nodes.allSatisfy({ !$0.kind.isFact }) { add(wording.graphWithoutFacts, ["shape": "plaintext"]) }
    lines += (1..<max(count, 1)).map { "  l\($0 - 1) -> l\($0) [style=invis]" }
    return lines + ["}"]
  }
}

/// How an answer looks: the line first, then the colour.
private struct Look {
  let status: Status?
  let isMissing: Bool
  let isDeciding: Bool

  init(_ node: RuleGraph.Node, isDeciding: Bool? = nil) {
    status = node.status
    isMissing = node.kind == .fact(isMissing: true)
    self.isDeciding = isDeciding ?? node.isDeciding
  }

  private var style: String? {
    switch status {
    case .holds: "solid"
    case .fails: "dashed"
    case .undetermined, .contradictory, .notInForce, .unsettled: "dotted"
    case nil: nil
    }
  }

  private var color: String? {
    switch status {
    case .holds: "#009E73"
    case .fails: "#D55E00"
    case .undetermined, .contradictory, .notInForce, .unsettled: "#0072B2"
    case nil: nil
    }
  }

  var ofNode: [String: String] {
    guard let style, let color else { return [:] }
    var look = ["style": style, "color": color, "penwidth": isDeciding ? "3" : "1"]
    if isMissing, status == .undetermined {
      (look["style"], look["fillcolor"]) = ("filled,dotted", "#F0E442")
    }
    return look
  }

  var ofEdge: [String: String] {
    guard let style, let color else { return [:] }
    return isDeciding
      ? ["style": style, "color": color, "penwidth": "3"] : ["style": style, "color": "gray40"]
  }
}

extension RuleGraph.Node.Kind {
  fileprivate static let samples: [Self] = [
    .conclusion(""), .notion(""), .ground, .exception, .condition, .fact(isMissing: false),
  ]

  fileprivate var isFact: Bool { if case .fact = self { true } else { false } }

  fileprivate var shape: String {
    switch self {
    case .conclusion: "conclusion"
    case .notion: "box"
    case .ground: "ellipse"
    case .exception: "octagon"
    case .condition: "hexagon"
    case .fact: "note"
    }
  }

  /// A conclusion is a box with two lines around it.
  fileprivate var attributes: [String: String] {
    if case .conclusion = self { ["shape": "box", "peripheries": "2"] } else { ["shape": shape] }
  }
}

extension RuleGraph {
  private func label(ofPack number: Int) -> String {
    let pack = generation.packs[number]
    let name = "\(pack.id) \(pack.version)"
    if pack.imports.isEmpty { return name }
    let imports = pack.imports.map { "\($0.pack) \($0.version)" }.joined(separator: ", ")
    return name + "\n" + Wording(language: language).graphImports(imports)
  }
}

/// Attributes in the order of their names; later lists win.
private func attributes(_ lists: [String: String]...) -> String {
  let all = lists.reduce(into: [String: String]()) { $0.merge($1) { $1 } }
  return all.sorted { $0.key < $1.key }.map { "\($0.key)=\(quoted($0.value))" }.joined(separator: ", ")
}

/// A text between quotes, as DOT reads it: a backslash would begin an escape, a line break ends a line.
private func quoted(_ text: String) -> String {
  text.unicodeScalars.reduce(into: "\"") { written, scalar in
    switch scalar {
    case "\"": written += "\\\""
    case "\\": written += "\\\\"
    case "\n": written += "\\n"
    case "\r", "\u{0}": written += " "
    default: written.unicodeScalars.append(scalar)
    }
  } + "\""
}

/// A text in lines of at most some 34 characters.
private func folded(_ text: String) -> String {
  var lines: [String] = [""]
  for word in text.split(whereSeparator: { $0 == " " || $0 == "\n" }) {
    let end = lines.count - 1
    if lines[end].isEmpty {
      lines[end] = String(word)
    } else if lines[end].unicodeScalars.count + word.unicodeScalars.count < 34 {
      lines[end] += " " + word
    } else {
      lines.append(String(word))
    }
  }
  return lines.joined(separator: "\n")
}
