// SPDX-License-Identifier: Apache-2.0

public import YAMLTree

/// A set of packs that are active together, with every name resolved to a number.
public struct Generation: Sendable {
  /// Imported packs before those that import them, else by name.
  public internal(set) var packs: [RulePack]
  /// Every fact of every pack, in pack and file order.
  public internal(set) var facts: [LinkedFact] = []
  /// What can vary: number 0 is the day of assessment, then one for each fact and for each member of a set, then one
  /// for each reading; after them the same again under standards of proof.
  public internal(set) var variables: [Variable] = [Variable(role: .assessedOn, domain: .days, base: 0)]
  /// The facts that go by a name, bare or with the pack before it, rising.
  var factsByName: [String: [Int]] = [:]
  /// Every rule of every pack, in pack and file order; after them what stands beneath: rules under the standard of
  /// another, and the conditions of readings, presumptions and cautions.
  public internal(set) var rules: [LinkedRule] = []
  /// How many of the rules are the packs' own.
  public internal(set) var ownRules = 0
  /// Every tie between an age, a date of birth and a day.
  public internal(set) var relations: [AgeRelation] = []
  /// Every fact declared irrelevant; whether it is, is for the checker to prove.
  public internal(set) var irrelevances: [LinkedIrrelevance] = []
  /// Every property of every pack, in pack and file order; likewise to be proved.
  public internal(set) var properties: [LinkedProperty] = []
  /// Every reading of every pack, in pack and file order.
  public internal(set) var readings: [LinkedReading] = []
  /// Every presumption of every pack.
  public internal(set) var presumptions: [LinkedPresumption] = []
  /// Every duty and possibility of every pack, in pack and file order.
  public internal(set) var duties: [LinkedDuty] = []
  /// Every caution of every pack, in pack and file order.
  public internal(set) var cautions: [LinkedCaution] = []
  /// Every comparison of every pack.
  public internal(set) var comparisons: [LinkedComparison] = []
  /// Every change that one pack makes to a rule of another.
  public internal(set) var changes: [LinkedChange] = []
  /// The date facts that govern a rule; none lies after the day of assessment.
  public internal(set) var governingDays: Set<Int> = []
  /// The variables of ages that are counted from a day, and of the days of birth they are counted from.
  var agesAndBirths: Set<Int> = []

  /// By the variable that a file speaks of, the variables that look at it under a standard.
  package internal(set) var views: [Int: [Int]] = [:]
  /// Whether the file states a fact that a reading decides: the variable of the fact, the variable that says so.
  package internal(set) var flags: [(fact: Int, flag: Int)] = []

  /// The cells of each variable if a file said nothing and the usual readings are followed.
  var silent: [UInt64] = []

  /// Every formula, laid out for evaluation.
  var plan = Plan()

  /// What rules have in common that are evaluated in the same completions: their day, the days on which they are in
  /// force, and the ties among what they reach.
  struct Frame: Sendable {
    /// Frames with one number are the same.
    var number = 0
    let day: Int
    let window: ValueSet
    /// True if an uncertain day before the law counts as false.
    let isIncriminating: Bool
    let relations: [AgeRelation]
    /// The variables of the ties, the day of assessment left out.
    let tied: Set<Int>
    /// All variables whose values depend on each other or on the day of assessment: the tied ones and the days that
    /// govern any rule among them, rising.
    let days: [Int]
  }

  /// The variable of the day of assessment.
  public static let assessedOn = 0

  /// A fact with the variables that carry it.
  public struct LinkedFact: Sendable {
    /// `palermo.act`.
    public let id: String
    /// The pack, by its number.
    public let pack: Int
    /// As the pack declares it.
    public let declaration: Fact
    /// One, or one for each member of a set.
    public let variables: Range<Int>
  }

  /// Something that takes one whole number of a domain.
  public struct Variable: Sendable {
    /// What it stands for.
    public let role: Role
    /// What the fact's type allows.
    public let domain: ValueSet
    /// The variable that the file speaks of; another one if this looks at it under a standard of proof.
    public let base: Int
    /// What less is found to than this counts as unknown; nothing, if nil.
    public var standard: Standard?

    /// What a variable stands for.
    public enum Role: Hashable, Sendable {
      case assessedOn
      /// A fact, by number, and for a set which member.
      case fact(Int, member: Int?)
      /// Which variant of a reading is followed, by the number of the reading.
      case choice(Int)
      /// Whether the file states a variable that a reading decides.
      case isStated(Int)
    }

    /// The fact it belongs to, if it stands for one.
    public var fact: Int? { if case .fact(let number, _) = role { number } else { nil } }
    /// For a set, which member.
    public var member: Int? { if case .fact(_, let member) = role { member } else { nil } }
  }

  /// A clause, by pack and place in it.
  public struct ClauseReference: Hashable, Sendable {
    /// The pack, by its number.
    public let pack: Int
    /// The clause, by its place in the pack.
    public let clause: Int
  }

  /// A conclusion with its grounds.
  public struct LinkedRule: Sendable {
    /// `palermo.trafficking`.
    public let id: String
    /// The pack, by its number.
    public let pack: Int
    /// As the pack declares it.
    public let declaration: Rule
    /// The variable of the day whose law governs.
    public let day: Int
    /// The clause that says which day governs, and whether a later law that may be milder is pointed out.
    public let lawInTime: LawInTimeReference?
    /// What less is found to than this counts as unknown; nothing, if nil.
    public let standard: Standard?
    /// In the order of the file.
    public internal(set) var grounds: [LinkedGround]
    /// The days on which any ground is in force.
    public let window: ValueSet
    /// True if any ground holds.
    public let formula: Formula
    /// The variables it can reach, rising.
    public internal(set) var reach: [Int] = []
    /// The ties among what it can reach.
    public internal(set) var relations: [Int] = []
    /// The clauses that touch it and are not encoded.
    public internal(set) var notModelled: [ClauseReference] = []
    /// What it shares with rules that are evaluated in the same completions.
    var frame = Frame(day: 0, window: .empty, isIncriminating: false, relations: [], tied: [], days: [])
    /// Its formula in the plan.
    var node = 0
  }

  /// The clause that says which day governs.
  public struct LawInTimeReference: Hashable, Sendable {
    /// The clause.
    public let clause: ClauseReference
    /// True if a later law that may be milder is pointed out.
    public let flagsMilder: Bool
  }

  /// A ground or an exception: its clause is in force, its condition is true and nothing defeats it.
  public struct LinkedGround: Sendable {
    /// The clause that says so.
    public let clause: ClauseReference
    /// The days on which the clause is in force.
    public let days: ValueSet
    /// The condition as its author wrote it, part for part.
    package let written: Formula
    /// The condition alone, by the reading that is followed.
    public let condition: Formula
    /// What defeats it.
    public private(set) var exceptions: [LinkedGround]
    /// In force, condition true, not defeated.
    public private(set) var formula: Formula
    /// The formula in the plan.
    var node = 0
    /// What must all be true for it to hold, part by part.
    var parts: [Part] = []

    /// Adds what defeats it.
    mutating func yield(to stronger: [LinkedGround]) {
      guard !stronger.isEmpty else { return }
      exceptions += stronger
      formula = .all([formula] + stronger.map { .not($0.formula) })
    }
  }

  /// A part of a ground, as people name it.
  struct Part: Sendable {
    let element: Conclusion.Element
    let formula: Formula
    let node: Int
  }

  /// The completed years of `age` lie between the days `since` and `asOf`; all three are variables.
  public struct AgeRelation: Hashable, Sendable {
    /// The variable that counts years.
    public let age: Int
    /// The variable of the day on which they are counted.
    public let asOf: Int
    /// The variable of the day of birth.
    public let since: Int
  }

  /// A question of interpretation; the variable of the reading takes the number of the variant.
  public struct LinkedReading: Sendable {
    /// `palermo.begging`.
    public let id: String
    /// The pack, by its number.
    public let pack: Int
    /// As the pack declares it.
    public let declaration: Reading
    /// The variable that stands for the choice among the variants.
    public let variable: Int
    /// The variant under which cases are decided unless someone asks for another, by number.
    public let standing: Int
    /// What it decides.
    public let decides: Decides
    /// For each variant, the rule beneath that says when the fact is so; nil where it is never drawn from anything, and
    /// for a reading that decides a rule.
    public internal(set) var conditions: [Int?]

    /// What a reading decides, by number.
    public enum Decides: Hashable, Sendable {
      /// A yes-or-no fact, or a member of a set, by the variable that carries it.
      case variable(Int)
      case rule(Int)
    }
  }

  /// What is taken as a basis until it is cleared up.
  public struct LinkedPresumption: Sendable {
    /// The pack, by its number.
    public let pack: Int
    /// As the pack declares it.
    public let declaration: Presumption
    /// The fact, by its number.
    public let fact: Int
    /// What is presumed of it.
    public let values: [Case.Statement]
    /// The rule beneath that says when: the clause is in force and its condition true.
    public let condition: Int
    /// The clause that says so.
    public let clause: ClauseReference
    /// The rules that run on it, by number.
    public let rules: [Int]
  }

  /// A duty or a possibility, with its names resolved.
  public struct LinkedDuty: Sendable {
    /// `norway.recovery_period`.
    public let id: String
    /// The pack, by its number.
    public let pack: Int
    /// As the pack declares it.
    public let declaration: Duty
    /// The rule it follows from, by number.
    public let rule: Int
    /// The clause that says so.
    public let clause: ClauseReference
    /// The day from which its limit is counted, a variable.
    public let from: Int?
  }

  /// A caution with its names resolved.
  public struct LinkedCaution: Sendable {
    /// `norway.acquittal`.
    public let id: String
    /// The pack, by its number.
    public let pack: Int
    /// As the pack declares it.
    public let declaration: PackCaution
    /// The rule beneath that says when it is shown.
    public let condition: Int
    /// The clause it rests on, if it rests on one.
    public let clause: ClauseReference?
  }

  /// A change that one pack makes to a rule of another, with its names resolved.
  public struct LinkedChange: Sendable {
    /// The pack that changes, by its number.
    public let pack: Int
    /// As the pack declares it.
    public let declaration: Change
    /// The rule that is changed, by number.
    public let rule: Int
    /// The clause that does it.
    public let clause: ClauseReference
  }

  /// A fact that is said not to matter to a conclusion, and the clause that says so.
  public struct LinkedIrrelevance: Sendable {
    /// The pack that says so, by its number.
    public let pack: Int
    /// The fact, by its number.
    public let fact: Int
    /// The rule, by its number.
    public let rule: Int
    /// The clause that says so.
    public let clause: ClauseReference
    /// When it speaks; always, if nil.
    public let whenever: Formula?
    /// As the pack declares it.
    public let declaration: Irrelevance
    /// The same in the plan.
    var node: Int?
  }
}

extension Generation.Frame: Hashable {
  static func == (a: Self, b: Self) -> Bool { a.number == b.number }

  func hash(into hasher: inout Hasher) { hasher.combine(number) }

  /// True if nothing but the number can differ.
  func isLike(_ other: Self) -> Bool {
    day == other.day && window == other.window && isIncriminating == other.isIncriminating
      && relations == other.relations && days == other.days
  }
}

extension Generation {
  /// The packs that apply where an assessor works: those of international instruments and those of the place.
  public func applicablePacks(in jurisdiction: String) -> [Int] {
    packs.indices.filter { packs[$0].jurisdiction == "UN" || packs[$0].jurisdiction == jurisdiction }
  }

  /// The rules that are answered for a case: those of the packs that apply, in pack and rule order.
  func conclusions(of file: Case) -> [Int] {
    (0..<ownRules).filter { file.packs.contains(rules[$0].pack) }
  }

  /// The clause a reference stands for.
  public func clause(_ reference: ClauseReference) -> Clause {
    packs[reference.pack].clauses[reference.clause]
  }

  /// `palermo.art3a`.
  public func id(of reference: ClauseReference) -> String {
    packs[reference.pack].id + "." + clause(reference).name
  }

  /// The fact that a variable belongs to and, for a set, the member.
  func meaning(of variable: Int) -> (fact: LinkedFact, member: String?)? {
    guard let number = variables[variable].fact else { return nil }
    let fact = facts[number]
    return (fact, variables[variable].member.map { fact.declaration.type.members[$0] })
  }
}

/// Packs cannot be active together, or one of them not at all; every problem, sorted by place.
public struct PackRejected: Error, Hashable, Sendable {
  /// At least one that is not a warning.
  public let diagnostics: [Diagnostic]

  /// States why packs are rejected.
  public init(diagnostics: [Diagnostic]) { self.diagnostics = diagnostics }
}
