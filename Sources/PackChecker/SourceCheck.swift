// SPDX-License-Identifier: Apache-2.0

public import LawspeakerCore
public import YAMLTree

/// A text of a clause that the keeper of a pack has at hand.
public struct SourceText: Hashable, Sendable {
  /// The clause with its pack: `palermo.art3a`.
  public var clause: String
  /// The file, as messages name it.
  public var file: String
  /// SHA-256 of the file's bytes, in hexadecimal.
  public var sha256: String

  /// A text with its digest.
  public init(clause: String, file: String, sha256: String) {
    self.clause = clause
    self.file = file
    self.sha256 = sha256
  }
}

/// What is to be looked at in the law that a pack was written from.
public struct SourceFinding: Hashable, Sendable {
  /// What has happened to a clause or a pack.
  public enum Kind: String, CaseIterable, Sendable {
    /// The text at hand is not the one that the pack was written from.
    case moved
    /// The clause is out of force.
    case expired
    /// The clause is adopted, and the day of its coming into force is not known.
    case pending
    /// Nobody has compared the pack with its source for too long.
    case unchecked
    /// A text is pinned and not at hand.
    case absent
    /// A text is at hand and not pinned.
    case unpinned
    /// A text is at hand of a clause that no pack has.
    case stray
  }

  /// What has happened.
  public var kind: Kind
  /// The clause with its pack; nil where it is about a pack or a stray text.
  public var clause: String?
  /// The rules, duties and cautions that stand on it, with their pack.
  public var standing: [String]
  /// The same in words, at the place in the pack.
  public var diagnostic: Diagnostic
}

/// Compares packs with the texts of the law and with the calendar.
///
/// - Parameters:
///   - generation: The packs, with every name resolved.
///   - texts: The texts at hand, in any order; nil if texts are not asked about.
///   - today: The day of asking.
///   - since: The day since which packs must have been checked; clauses that went out of force before it are then left
///     out. If nil, a year before today, and every clause that is out of force is found.
/// - Returns: What was found, sorted by place.
public func checkSources(
  of generation: Generation, texts: [SourceText]?, on today: CivilDate, since: CivilDate? = nil
) -> [SourceFinding] {
  let check = SourceCheck(generation: generation, today: today, since: since)
  var found = generation.packs.indices.flatMap { check.findings(ofPack: $0) }
  if let texts { found += check.findings(texts) }
  return found.sorted { $0.diagnostic < $1.diagnostic }
}

private struct SourceCheck {
  let generation: Generation
  let today: CivilDate
  let since: CivilDate?
  /// What stands on each clause, by the clause's full name.
  let standing: [String: [String]]

  init(generation: Generation, today: CivilDate, since: CivilDate?) {
    self.generation = generation
    self.today = today
    self.since = since
    standing = generation.standingOnClauses
  }

  func findings(ofPack number: Int) -> [SourceFinding] {
    let pack = generation.packs[number]
    var found = pack.clauses.compactMap { calendarFinding($0, of: pack) }
    if let limit = since ?? today.adding(months: -12), pack.source.checked < limit {
      let rules = generation.rules.prefix(generation.ownRules).filter { $0.pack == number }.map(\.id)
      let message = Diagnostic.Message.sourceUnchecked(pack.id, since: limit, checked: pack.source.checked)
      found.append(
        SourceFinding(
          kind: .unchecked, clause: nil, standing: rules, diagnostic: Diagnostic(at: pack.location, message)))
    }
    return found
  }

  /// That a clause is out of force, or not in force yet.
  private func calendarFinding(_ clause: Clause, of pack: RulePack) -> SourceFinding? {
    if clause.isPending { return finding(.pending, clause, of: pack, .clausePending(clause.name)) }
    guard let until = clause.inForce.last?.until, until <= today, since.map({ until >= $0 }) ?? true else {
      return nil
    }
    return finding(.expired, clause, of: pack, .clauseExpired(clause.name, until: until))
  }

  /// What texts at hand show, and which pinned ones are not at hand.
  func findings(_ texts: [SourceText]) -> [SourceFinding] {
    var byClause = Dictionary(texts.map { ($0.clause, $0) }) { first, _ in first }
    var found: [SourceFinding] = []
    for pack in generation.packs {
      for clause in pack.clauses {
        let text = byClause.removeValue(forKey: pack.id + "." + clause.name)
        if let next = textFinding(clause, of: pack, text) { found.append(next) }
      }
    }
    for text in byClause.values {
      let place = SourceLocation(file: text.file)
      found.append(
        SourceFinding(
          kind: .stray, clause: nil, standing: [],
          diagnostic: Diagnostic(at: place, .textOfNoClause(text.clause))))
    }
    return found
  }

  private func textFinding(_ clause: Clause, of pack: RulePack, _ text: SourceText?) -> SourceFinding? {
    switch (clause.textSHA256, text) {
    case (nil, nil): nil
    case (.some, nil): finding(.absent, clause, of: pack, .textAbsent(clause.name))
    case (nil, let text?): finding(.unpinned, clause, of: pack, .textUnpinned(clause.name, text))
    case (let pinned?, let text?):
      pinned == text.sha256 ? nil : finding(.moved, clause, of: pack, .textMoved(clause.name, text))
    }
  }

  private func finding(
    _ kind: SourceFinding.Kind, _ clause: Clause, of pack: RulePack, _ message: Diagnostic.Message
  ) -> SourceFinding {
    let id = pack.id + "." + clause.name
    return SourceFinding(
      kind: kind, clause: id, standing: standing[id] ?? [],
      diagnostic: Diagnostic(at: clause.location, message))
  }
}

extension Generation {
  /// The rules with a ground or an exception on each clause, and the duties and cautions that rest on it.
  fileprivate var standingOnClauses: [String: [String]] {
    var standing: [String: [String]] = [:]
    func add(_ id: String, to reference: ClauseReference?) {
      guard let reference else { return }
      let clause = self.id(of: reference)
      if standing[clause]?.contains(id) != true { standing[clause, default: []].append(id) }
    }
    func add(_ id: String, _ grounds: [LinkedGround]) {
      for ground in grounds {
        add(id, to: ground.clause)
        add(id, ground.exceptions)
      }
    }
    for rule in rules.prefix(ownRules) {
      add(rule.id, rule.grounds)
      add(rule.id, to: rule.lawInTime?.clause)
    }
    for duty in duties { add(duty.id, to: duty.clause) }
    for caution in cautions { add(caution.id, to: caution.clause) }
    return standing
  }
}
