// SPDX-License-Identifier: Apache-2.0

/// The answer to one version of one case: a pure function of the file's bytes, the packs that apply, the day of
/// assessment, the jurisdiction and the format (design section 7).
public struct Decision: Sendable, Hashable {
  /// The number of the document's shape and of the rules for computing it.
  public static let format = 1

  /// The case's reference.
  public var reference: String
  /// SHA-256 of the case file, in hexadecimal.
  public var caseSHA256: String
  /// The day of assessment.
  public var assessedOn: CivilDate
  /// Where the assessor works.
  public var jurisdiction: String
  /// False if the file left the jurisdiction to the configuration.
  public var isJurisdictionStated: Bool
  /// The packs that apply.
  public var packs: [PackReference]
  /// Who recorded the case, and under which circumstances.
  public var frame = CaseFrame()
  /// Variants of readings that someone asked for in place of the usual ones, by number; none in what is recorded.
  public var readings: [Int: Int] = [:]
  /// What follows; replays byte for byte in every later release.
  public var answer: Answer
  /// What would help; replays in the release that wrote it.
  public var advice: Advice

  /// A pack in one exact version.
  public struct PackReference: Sendable, Hashable {
    /// The pack's name.
    public var id: String
    /// Its version.
    public var version: String
    /// SHA-256 over its files, in hexadecimal.
    public var sha256: String

    /// Names a pack in one exact version.
    public init(id: String, version: String, sha256: String) {
      self.id = id
      self.version = version
      self.sha256 = sha256
    }
  }
}

/// What follows from a case.
public struct Answer: Sendable, Hashable {
  /// In pack and rule order.
  public var conclusions: [Conclusion]
  /// What the file says and no conclusion may weigh, with the reason.
  public var disregarded: [Disregarded]
  /// Facts on which voices differ.
  public var contested: [Contested] = []
  /// What was taken as a basis until it is cleared up.
  public var presumed: [Presumed] = []
  /// Where someone stated what a reading decides: both answers.
  public var statedBesideReading: [StatedBesideReading] = []
  /// Facts that cannot all be true.
  public var contradictions: [Contradiction]
  /// What must or may be done.
  public var duties: [DutyEntry] = []
  /// What holds a reader back from a known error.
  public var cautions: [Caution]
  /// Conclusions that are shown side by side, by number of the comparison.
  public var comparisons: [Int] = []

  /// The clauses of every ground that applies, in pack and file order.
  public var clausesApplied: [Generation.ClauseReference] {
    let applied = conclusions.flatMap { $0.grounds.map(\.clause) + $0.either.clauses }
    return Set(applied).sorted { ($0.pack, $0.clause) < ($1.pack, $1.clause) }
  }
}

/// What can be said of one rule.
public struct Conclusion: Sendable, Hashable {
  /// The rule, by its number in the generation.
  public var rule: Int
  /// In one word.
  public var status: Status
  /// The grounds that hold in every completion.
  public var grounds: [AppliedGround] = []
  /// Where the conclusion holds and no ground does by itself: the grounds of which one applies.
  public var either = Either()
  /// Where it fails: what each ground lacks.
  public var failed: [FailedElement] = []
  /// How many smallest reasons there are for the answer as a whole.
  public var reasons = ReasonCount()
  /// Where conduct went on over days: what can be said of each stretch, in order.
  public var parts: [Part] = []
  /// The voices and the readings under which the answer would be another.
  public var turnsOn: [TurnsOn] = []
  /// The answer on what is presumed, where a presumption reaches it.
  public var presumed: Status? = nil
  /// What other packs that apply replace, narrow or add, by number in the generation.
  public var changes: [Int] = []
  /// Grounds that came into force after the governing day and may be milder; never chosen.
  public var laterLaw: [Generation.ClauseReference] = []
  /// The judged facts that the reasons rest on.
  public var judged: [Judgement] = []
  /// The first day that was looked at, if earlier days were left out because the law was not there.
  public var onlyFrom: CivilDate?
  /// The first day no longer looked at, if later days were left out because the law was not there.
  public var onlyUntil: CivilDate?

  /// A stretch of days on which one law and one age governed.
  public struct Part: Sendable, Hashable {
    /// The first day.
    public var from: CivilDate
    /// The last day.
    public var until: CivilDate
    /// What can be said of it.
    public var status: Status
    /// The clauses of the grounds that hold.
    public var grounds: [Generation.ClauseReference]
  }

  /// Whom one believes, or how one reads, where it leads to another answer.
  public struct TurnsOn: Sendable, Hashable {
    /// What is varied.
    public var what: What
    /// The answer then.
    public var status: Status

    /// A voice, or a variant of a reading, both by number.
    public enum What: Sendable, Hashable {
      case voice(String)
      case reading(Int, variant: Int)
    }
  }

  /// How many smallest sets of facts force the answer, each without a fact that could be spared.
  public struct ReasonCount: Sendable, Hashable {
    /// How many were found.
    public var count = 0
    /// True if there may be more: the search ended at its limit.
    public var isAtLeast = false
  }

  /// A ground that holds, with the facts that force it.
  public struct AppliedGround: Sendable, Hashable {
    /// The clause.
    public var clause: Generation.ClauseReference
    /// The interval of force that covers the day.
    public var inForce: Clause.Interval
    /// A smallest set of facts that forces it: without any one of them it is open.
    public var reason: [ReasonFact]
    /// The exceptions that were considered and do not apply.
    public var exceptions: [Generation.ClauseReference]
  }

  /// Several grounds of which one applies, and the facts that force it.
  public struct Either: Sendable, Hashable {
    /// The clauses; empty if some ground holds by itself.
    public var clauses: [Generation.ClauseReference] = []
    /// A smallest set of facts that forces the conclusion.
    public var reason: [ReasonFact] = []
  }

  /// What is missing for a ground.
  public struct FailedElement: Sendable, Hashable {
    /// The ground's clause.
    public var clause: Generation.ClauseReference
    /// What is not met.
    public var element: Element
    /// A smallest set of facts that forces it to be so.
    public var reason: [ReasonFact]
  }

  /// A part of a ground.
  public enum Element: Sendable, Hashable {
    /// The conclusion of another rule, by number.
    case rule(Int)
    /// A fact, by number.
    case fact(Int)
    /// An exception applies, under this clause.
    case exception(Generation.ClauseReference)
    /// The clause was not in force.
    case force
    /// The condition as a whole.
    case condition
  }

  /// A judged fact in a reason.
  public struct Judgement: Sendable, Hashable {
    /// The fact, by number.
    public var fact: Int
    /// The member, by number.
    public var member: Int?
    /// The role that judged; nil if the file does not say.
    public var by: String?
  }
}

/// One thing the file says, as far as a reason needs it.
public struct ReasonFact: Sendable, Hashable {
  /// The variable, by number.
  public var variable: Int
  /// What it can be.
  public var values: ValueSet
}

/// Something the file says and a conclusion may not weigh.
public struct Disregarded: Sendable, Hashable {
  /// The fact, by number.
  public var fact: Int
  /// The conclusion, by number; nil if no rule reads the fact.
  public var rule: Int?
  /// Why.
  public var because: Because
  /// The clause that says so, if one does.
  public var clause: Generation.ClauseReference?
  /// For ``Because/cannotBeWeighed``: the rules and facts that must be known first.
  public var until: [Conclusion.Element]

  /// Why a fact is disregarded.
  public enum Because: String, Sendable, Hashable {
    case irrelevant
    case cannotBeWeighed = "cannot_be_weighed"
    case notDecisive = "not_decisive"
    case notRead = "not_read"
  }
}

/// Facts that cannot all be true.
public struct Contradiction: Sendable, Hashable {
  /// A smallest set that clashes.
  public var facts: [ReasonFact]
  /// The conclusions it reaches, by number.
  public var touches: [Int]
}

/// A fact on which voices differ.
public struct Contested: Sendable, Hashable {
  /// The fact, by number.
  public var fact: Int
  /// What each voice that speaks says.
  public var voices: [Voice]

  /// What one voice says.
  public struct Voice: Sendable, Hashable {
    /// A role, never a name.
    public var by: String
    /// What it says.
    public var says: [ReasonFact]
  }
}

/// What was taken as a basis until it is cleared up.
public struct Presumed: Sendable, Hashable {
  /// The presumption, by number in the generation.
  public var presumption: Int
  /// The conclusions that run on it.
  public var rules: [Int]
}

/// Something that was stated though a reading decides it, with both answers.
public struct StatedBesideReading: Sendable, Hashable {
  /// The reading, by number in the generation.
  public var reading: Int
  /// What the file states.
  public var stated: ReasonFact
  /// Who stated it; nil if the file does not say.
  public var by: String?
  /// What the reading gives on the other facts.
  public var gives: Status
}

/// A duty or a possibility that a case gives rise to.
public struct DutyEntry: Sendable, Hashable {
  /// The duty, by number in the generation.
  public var duty: Int
  /// What it rests on.
  public var restsOn: Basis
  /// The day it is due, if a limit is counted from a day that is known.
  public var due: CivilDate?
  /// Whether it binds who recorded the case; nil if the file does not say who did, or the duty binds by office alone.
  public var bindsRecorder: Bool?

  /// What a duty rests on.
  public enum Basis: String, Sendable, Hashable {
    case holds
    case presumed
    case possible
  }
}

/// Something that holds a reader back from a known error.
public enum Caution: Sendable, Hashable {
  /// A caution of a pack, by number in the generation.
  case ofPack(Int)
  /// Something is said to be absent, and no source is named.
  case denialWithoutSource(fact: Int)
  /// Something was not proved, which does not say that it did not happen.
  case notProved(fact: Int)
  /// The day of assessment is later than the last comparison of a pack, by number, with its source.
  case notLookedAt(pack: Int)
}

/// What would help to settle what is open.
public struct Advice: Sendable, Hashable {
  /// One entry for each undetermined conclusion.
  public var open: [OpenConclusion]
  /// One entry for each decided conclusion that some change of what the file says would undo.
  public var flips: [Flip]

  /// The smallest changes that would undo a decided answer.
  public struct Flip: Sendable, Hashable {
    /// The rule, by number.
    public var rule: Int
    /// Each a set of facts; were they otherwise and all else as stated, the answer could be the opposite.
    public var changes: [[ReasonFact]]
  }

  /// A way to settle what is open.
  public struct Settlement: Sendable, Hashable {
    /// The smallest sets of facts that would settle it, a few.
    public var smallest: [[ReasonFact]]
    /// How many ways the rule spells out in all; a million stands for that or more.
    public var ways: Int
  }

  /// What an undetermined conclusion waits for.
  public struct OpenConclusion: Sendable, Hashable {
    /// The rule, by number.
    public var rule: Int
    /// Grounds that may still apply, with what is open in each.
    public var grounds: [OpenGround]
    /// The facts that can still matter, in the order of the rule.
    public var facts: [OpenFact]
    /// The fact to ask about next, by number; nil if every one was refused.
    public var ask: Int?
    /// What would make it hold.
    public var holdsIf: Settlement
    /// What would make it fail.
    public var failsIf: Settlement
    /// True if every way to the conclusion lacks something of which the file says nothing at all.
    public var isUntouched: Bool
  }

  /// A ground that may still apply.
  public struct OpenGround: Sendable, Hashable {
    /// The clause.
    public var clause: Generation.ClauseReference
    /// Its parts that are still open.
    public var missing: [Conclusion.Element]
  }

  /// A fact that can still matter.
  public struct OpenFact: Sendable, Hashable {
    /// The fact, by number.
    public var fact: Int
    /// For a set: the members that can still matter, by number.
    public var members: [Int]
    /// True if it may not be asked again.
    public var isRefused: Bool
    /// The standard to which the file states it, where the rule asks for a higher one: it was answered, and not found
    /// surely enough.
    public var foundOnlyTo: Standard? = nil
  }
}
