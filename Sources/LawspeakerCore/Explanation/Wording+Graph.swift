// SPDX-License-Identifier: Apache-2.0

/// The words of a graph: short, for they stand in boxes.
extension Wording {
  var graphLegend: String { pick("Legend", "Tegnforklaring") }
  var graphDefeats: String { pick("excepted", "unntatt") }
  var graphThick: String { pick("thick line: decides the answer", "tykk strek: avgjør svaret") }
  var graphWithoutFacts: String {
    pick(
      "Facts are left out. Name one conclusion to see them.",
      "Spørsmålene er utelatt. Be om én konklusjon for å se dem.")
  }
  func graphImports(_ packs: String) -> String { pick("imports \(packs)", "bygger på \(packs)") }

  func graphName(of kind: RuleGraph.Node.Kind) -> String {
    switch kind {
    case .conclusion: pick("conclusion", "konklusjon")
    case .notion: pick("notion that others stand on", "begrep som andre bygger på")
    case .ground: pick("ground: each is enough", "grunnlag: ett er nok")
    case .exception: pick("exception", "unntak")
    case .condition: pick("several conditions", "flere vilkår")
    case .fact: pick("question about the case", "spørsmål om saken")
    }
  }

  /// The answer beside a sign that can be told apart without colour; nil without a case.
  func graphWord(for node: RuleGraph.Node) -> String? {
    guard let status = node.status else { return nil }
    if node.kind == .fact(isMissing: true), status == .undetermined {
      return pick("? missing in the file", "? mangler i filen")
    }
    if node.kind == .exception, status == .holds { return pick("✓ applies", "✓ gjelder") }
    if node.kind == .exception, status == .fails { return pick("✗ does not apply", "✗ gjelder ikke") }
    return graphWord(for: status)
  }

  func graphWord(for status: Status) -> String {
    switch status {
    case .holds: pick("✓ met", "✓ oppfylt")
    case .fails: pick("✗ not met", "✗ ikke oppfylt")
    case .undetermined: pick("? open", "? uavklart")
    case .contradictory: pick("! contradictory", "! motstridende")
    case .notInForce: pick("! not in force", "! ikke i kraft")
    case .unsettled: pick("! not settled", "! ikke avgjort")
    }
  }
}
