// SPDX-License-Identifier: Apache-2.0

public import YAMLTree

/// The languages in which every pack and every decision speaks.
public enum Language: String, CaseIterable, Sendable, Hashable {
  case en
  /// Norwegian bokmål.
  case nb
}

/// One instrument or one jurisdiction as a folder of YAML: facts, clauses and rules (design section 4).
///
/// Names inside are as the author wrote them; ``Generation`` resolves them.
public struct RulePack: Sendable {
  /// The folder's and the pack's name.
  public var id: String
  /// Three numbers, `1.0.0`.
  public var version: String
  /// `UN`, or three letters such as `NOR`.
  public var jurisdiction: String
  /// What the pack encodes and when that was last looked at.
  public var source: Source
  /// The exact versions of other packs that this one builds on.
  public var imports: [Import]
  /// The content of these, if the pack pins it.
  public var lock: PackLock? = nil
  /// The questions a case may answer, in the order of the file.
  public var facts: [Fact]
  /// The cited provisions.
  public var clauses: [Clause]
  /// The conclusions, in the order of the file.
  public var rules: [Rule]
  /// Named interpretations, in the order of the file.
  public var readings: [Reading] = []
  /// Which day's law governs which rules.
  public var lawInTime: [LawInTime] = []
  /// What is taken as a basis until it is cleared up.
  public var presumptions: [Presumption] = []
  /// Facts declared never to matter to a conclusion.
  public var irrelevances: [Irrelevance]
  /// What must be so of conclusions in every case.
  public var properties: [Property] = []
  /// What must or may be done, in the order of the file.
  public var duties: [Duty] = []
  /// Words that hold a reader back from a known error.
  public var cautions: [PackCaution] = []
  /// Conclusions that are shown side by side where both are touched.
  public var comparisons: [Comparison] = []
  /// What the law says and the pack does not encode.
  public var notModelled: [NotModelled]
  /// Rules of other packs that this one changes.
  public var changes: [Change] = []
  /// Questions, titles and summaries.
  public var texts: [Language: PackTexts]
  /// The pack's own test cases.
  public var tests: [PackTest]
  /// SHA-256 over the files, in hexadecimal.
  public var sha256: String
  /// Names that are declared but could not be read; what refers to them is not reported a second time.
  var unreadable: Set<String> = []
  /// Where the pack introduces itself.
  public var location: SourceLocation

  /// The instrument a pack encodes.
  public struct Source: Sendable, Hashable {
    /// The official citation.
    public var cite: String
    /// The languages of the authentic texts.
    public var texts: [String]
    /// The day on which a person last compared the pack with its source.
    public var checked: CivilDate
  }

  /// Another pack in an exact version.
  public struct Import: Sendable, Hashable {
    /// The pack's name.
    public var pack: String
    /// The version, exactly.
    public var version: String
    /// Where it is asked for.
    public var location: SourceLocation
  }
}

/// A typed question about a case.
public struct Fact: Sendable, Hashable {
  /// The name without its pack.
  public var name: String
  /// What an answer looks like.
  public var type: FactType
  /// Which answers apply the law rather than record an event.
  public var judged: Judged
  /// True if it is asked only when nothing else can settle the matter.
  public var isSensitive: Bool
  /// For an age: the date on which it is counted.
  public var asOf: Name?
  /// For an age: the date of birth it follows from.
  public var since: Name?
  /// What it costs to find out, from 1 to 9.
  public var burden: Int
  /// Where it is declared.
  public var location: SourceLocation

  /// Which answers of a fact apply the law.
  public enum Judged: Sendable, Hashable {
    case no
    case all
    case members(Set<String>)
  }
}

/// What an answer to a fact looks like.
public enum FactType: Sendable, Hashable {
  case yesNo
  case date
  /// Whole numbers of a unit, within a range that includes both ends.
  case quantity(unit: String, low: Int, high: Int)
  case oneOf([String])
  case set([String])
}

extension FactType {
  /// The names a choice or a set consists of.
  public var members: [String] {
    switch self {
    case .oneOf(let names), .set(let names): names
    case .yesNo, .date, .quantity: []
    }
  }
}

/// A name as the author wrote it, with its place.
public struct Name: Sendable, Hashable {
  /// As written: `means`, `palermo.trafficking`.
  public var text: String
  /// Where it stands.
  public var location: SourceLocation
}

/// A cited provision with the days on which it is in force.
public struct Clause: Sendable, Hashable {
  /// The name without its pack.
  public var name: String
  /// Its place in the instrument: `[art 3, a]`.
  public var path: [String]
  /// How it is cited.
  public var cite: [Language: String]
  /// Half-open intervals, in order; none for a clause that is pending.
  public var inForce: [Interval]
  /// True if it is adopted and the day of its coming into force is not known.
  public var isPending = false
  /// The official identifier, where there is one.
  public var officialID: String?
  /// How sure the keeper is of text and dates.
  public var confidence: String?
  /// SHA-256 of the text that the pack was written from, in hexadecimal; nil if it is not pinned.
  public var textSHA256: String? = nil
  /// Where it is declared.
  public var location: SourceLocation

  /// From a first day in force to the first day no longer in force.
  public struct Interval: Sendable, Hashable {
    /// The first day in force.
    public var from: CivilDate
    /// The first day no longer in force; nil if no end is known.
    public var until: CivilDate?

    /// The days of the interval.
    public var days: ValueSet { ValueSet(from.dayNumber, (until ?? .last.next).dayNumber - 1) }
  }

  /// Every day on which the clause is in force.
  public var days: ValueSet { ValueSet(union: inForce.map(\.days)) }
}

extension CivilDate {
  var next: CivilDate { CivilDate(dayNumber: dayNumber + 1) }
}

/// A conclusion with the grounds on which it holds.
public struct Rule: Sendable, Hashable {
  /// The name without its pack.
  public var name: String
  /// Whom or what the conclusion is about.
  public var about: String?
  /// How surely its facts must be found; nil if it answers "if these facts are right".
  public var standard: Standard? = nil
  /// True if it says that someone broke the law: an uncertain day before the law then counts as false.
  public var isIncriminating = false
  /// The bodies that decide the matter.
  public var competent: [String] = []
  /// Rules that are exceptions to each of its grounds.
  public var yieldsTo: [Name] = []
  /// Each is enough.
  public var grounds: [Ground]
  /// Where it is declared.
  public var location: SourceLocation
}

/// One clause under which a conclusion holds.
public struct Ground: Sendable, Hashable {
  /// The clause that says so.
  public var clause: Name
  /// What must be true.
  public var condition: Condition
  /// What defeats it.
  public var exceptions: [Exception]
}

/// What defeats a ground or another exception.
public struct Exception: Sendable, Hashable {
  /// The clause that says so.
  public var clause: Name
  /// What must be true.
  public var condition: Condition
  /// What defeats the exception.
  public var exceptions: [Exception]
}

/// A fact that never matters to a conclusion, with the clause that says so.
public struct Irrelevance: Sendable, Hashable {
  /// The fact.
  public var fact: Name
  /// The conclusion it never matters to.
  public var rule: Name
  /// The clause that says so.
  public var clause: Name
  /// When the clause speaks; always, if nil.
  public var whenever: Condition?
}

/// What the law says and the pack does not encode.
public struct NotModelled: Sendable, Hashable {
  /// The clause.
  public var clause: Name
  /// The conclusions it could touch.
  public var touches: [Name]
}

/// A pack's words in one language, by name.
public struct PackTexts: Sendable, Hashable {
  /// Questions, help and labels of facts.
  public var facts: [String: FactText] = [:]
  /// Titles of rules.
  public var rules: [String: String] = [:]
  /// Summaries of clauses.
  public var clauses: [String: String] = [:]
  /// What is to be done.
  public var duties: [String: String] = [:]
  /// What holds a reader back.
  public var cautions: [String: String] = [:]
  /// Names of bodies and roles.
  public var bodies: [String: String] = [:]
  /// Titles and sentences of comparisons.
  public var comparisons: [String: ComparisonText] = [:]
  /// Titles and labels of readings.
  public var readings: [String: ReadingText] = [:]

  /// The words of one reading.
  public struct ReadingText: Sendable, Hashable {
    /// The question of interpretation.
    public var title: String
    /// What each variant says.
    public var labels: [String: String]
  }

  /// The words of one fact.
  public struct FactText: Sendable, Hashable {
    /// The question, as a person would ask it.
    public var question: String
    /// What helps to answer.
    public var help: String?
    /// Labels of the values or members.
    public var values: [String: String]
  }
}

/// A case of a pack's own tests, with the statuses it must get.
public struct PackTest: Sendable, Hashable {
  /// A sentence.
  public var name: String
  /// The case file, with `test` and `expect` beside its own keys.
  public var node: YAMLNode
  /// What each conclusion must be.
  public var expected: [Expectation]
  /// What must be said of duties and cautions, and of conclusions on what is presumed.
  public var expectedBeside: [ExpectationBeside] = []
  /// Where it begins.
  public var location: SourceLocation

  /// The status that one conclusion must get.
  public struct Expectation: Sendable, Hashable {
    /// The conclusion.
    public var rule: Name
    /// The status.
    public var status: Status
  }

  /// What must be said beside the statuses.
  public struct ExpectationBeside: Sendable, Hashable {
    /// The duty, the caution or the rule.
    public var name: Name
    /// What is expected of it.
    public var what: What

    /// What may be expected.
    public enum What: Sendable, Hashable {
      case dutyDue(CivilDate)
      case duty(isShown: Bool)
      case caution(isShown: Bool)
      case presumed(Status)
    }
  }
}
