// SPDX-License-Identifier: Apache-2.0

public import YAMLTree

/// What one file says about one person and one course of conduct (design section 5).
public struct Case: Sendable {
  /// The sender's reference, never a name.
  public var reference: String
  /// A pseudonym that ties files about one person.
  public var person: String?
  /// References of other files.
  public var related: [String]
  /// Where the assessor works.
  public var jurisdiction: String
  /// False if the file left the jurisdiction to the configuration.
  public var isJurisdictionStated: Bool
  /// The day of assessment.
  public var assessedOn: CivilDate
  /// Who recorded the case, and under which circumstances.
  public var frame = CaseFrame()
  /// What it says, in the order of the generation's facts.
  public var given: [Given]
  /// The packs that apply, by their numbers in the generation.
  public var packs: [Int]
  /// Variants of readings other than the usual ones that someone asks for, by number; no file says this.
  public var readings: [Int: Int] = [:]

  /// What the file says about one fact.
  public struct Given: Sendable {
    /// The fact, by its number in the generation.
    public var fact: Int
    /// What each variable of the fact can still be; those of which nothing is said are not listed.
    ///
    /// Where voices differ that may be everything: then something is said, and it is open all the same.
    public var values: [Statement]
    /// How it was said.
    public var manner: Manner
    /// Who said so: a role, never a name.
    public var by: String?
    /// Where it is written down.
    public var source: String?
    /// When it was said.
    public var on: CivilDate?
    /// Stored and shown, never interpreted.
    public var note: String?
    /// What each voice says, where there are several; ``values`` is then what any of them allows.
    public var accounts: [Account] = []
    /// For a date: the days on each of which the conduct went on.
    public var throughout: ValueSet? = nil
    /// Whether this value may reach the person concerned without danger; nil if the file says nothing of it by itself.
    public var isSafeToShare: Bool? = nil
  }

  /// A fact as one voice tells it.
  public struct Account: Sendable, Hashable {
    /// Who says so: a role, never a name.
    public var by: String
    /// What each variable of the fact can be, as this voice tells it.
    public var values: [Statement]
    /// How it was said.
    public var manner: Manner
    /// Where it is written down.
    public var source: String?
    /// When it was said.
    public var on: CivilDate?
    /// Stored and shown, never interpreted.
    public var note: String?
    /// Whether this account may reach the person concerned without danger; nil if the file does not say so of it.
    public var isSafeToShare: Bool? = nil
  }

  /// What one variable can still be.
  public struct Statement: Sendable, Hashable {
    /// The variable, by its number in the generation.
    public var variable: Int
    /// The values that are left; never empty.
    public var values: ValueSet
    /// How surely that was found; where voices agree, by the surest.
    public var foundTo = Standard.indications
  }

  /// How a fact was answered.
  public enum Manner: Sendable, Hashable {
    /// With a value, in part or whole.
    case stated
    /// With `no`, `none` or `exactly`: something is said to be absent.
    case denied
    case unknown
    /// Unknown, and not to be asked again.
    case refused
    /// Unknown, and shown: what was not proved did not thereby not happen.
    case notProved
  }
}

/// Who recorded a case, and under which circumstances; nothing here is weighed by a rule.
public struct CaseFrame: Sendable, Hashable {
  /// The role of who recorded it.
  public var recordedBy: String?
  /// Whether the person is in danger now; nil if the file does not say.
  public var isInDangerNow: Bool?
  /// The language spoken, as a BCP 47 tag.
  public var language: String?
  /// Who interpreted.
  public var interpreter: String?
  /// The day on which the person was heard.
  public var heardOn: CivilDate?
  /// Documents elsewhere.
  public var references: [Document] = []
  /// True if someone has assessed that writing to the person concerned about the case endangers nobody.
  public var isSafeToShare = false

  /// A document elsewhere.
  public struct Document: Sendable, Hashable {
    /// Its reference.
    public var id: String
    /// SHA-256 of it, in hexadecimal.
    public var sha256: String?
  }
}

/// What a case file may leave out.
public struct CaseDefaults: Sendable, Hashable {
  /// Where the assessor works, if the file does not say.
  public var jurisdiction: String
  /// The day it is taken in, if the file states no day of assessment.
  public var today: CivilDate

  /// States what holds where a file is silent.
  public init(jurisdiction: String, today: CivilDate) {
    self.jurisdiction = jurisdiction
    self.today = today
  }
}

/// A case file cannot be read; every problem, sorted by place.
///
/// No diagnostic repeats a value.
public struct CaseRefused: Error, Hashable, Sendable {
  /// At least one.
  public let diagnostics: [Diagnostic]
}
