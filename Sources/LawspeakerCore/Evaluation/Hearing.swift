// SPDX-License-Identifier: Apache-2.0

/// Who is heard, how the law is read, and what is taken as a basis: what is varied around one case.
struct Hearing: Hashable, Sendable {
  /// A voice that is heard alone on every fact of which it speaks.
  var voice: String?
  /// By variable, the account that is heard alone where one account is enough.
  var accounts: [Int: Int] = [:]
  /// By reading, a variant other than the one the case is decided under.
  var readings: [Int: Int] = [:]
  /// The presumptions that are followed.
  var presumptions: [Int] = []
  /// A stretch of days of conduct that is looked at alone.
  var stretch: Stretch?

  /// Some days of one date.
  struct Stretch: Hashable, Sendable {
    var variable: Int
    var days: ValueSet
  }

  /// All voices together, the readings the case is decided under, and nothing presumed.
  static let joint = Hearing()

  /// True if what is said of the facts is what the file says, all voices together.
  var isAsTheFileStands: Bool {
    voice == nil && stretch == nil && accounts.isEmpty && presumptions.isEmpty
  }
}

extension Case {
  /// Calls a function for each variable of which something is known, under every standard that looks at it.
  func forEachStatement(of generation: Generation, _ body: (Int, ValueSet) -> Void) {
    // by place: what was given is looked at and not copied
    for given in self.given.indices {
      for place in self.given[given].values.indices {
        let variable = self.given[given].values[place].variable
        let values = self.given[given].values[place].values
        body(variable, values)
        guard !generation.views.isEmpty, let views = generation.views[variable] else { continue }
        let foundTo = self.given[given].values[place].foundTo
        for view in views where generation.variables[view].standard.map({ $0 <= foundTo }) ?? true {
          body(view, values)
        }
      }
    }
  }
}

extension Generation {
  /// The cells of each variable if a file said nothing: readings alone are settled.
  ///
  /// - Parameter variants: By reading, a variant other than the usual one.
  /// - Returns: For each variable its cells.
  func unsaid(reading variants: [Int: Int]) -> [UInt64] {
    var cells = silent
    for (reading, variant) in variants {
      let variable = readings[reading].variable
      cells[variable] = plan.mask(of: ValueSet(variant), variable: variable)
    }
    return cells
  }
}

/// A case as it is heard in one way: what is said of each variable.
struct HeardCase {
  let generation: Generation
  let file: Case
  let hearing: Hearing
  /// What is said of each variable that a file can speak of; nil where nothing is.
  private(set) var said: [Case.Statement?]

  init(_ file: Case, _ hearing: Hearing, under generation: Generation) {
    self.generation = generation
    self.file = file
    self.hearing = hearing
    said = Array(repeating: nil, count: generation.variables.count)
    for given in file.given { hear(given) }
    if let stretch = hearing.stretch { narrow(stretch.variable, to: stretch.days) }
    for presumed in hearing.presumptions.flatMap({ generation.presumptions[$0].values }) {
      narrow(presumed.variable, to: presumed.values)
      said[presumed.variable]?.foundTo = .beyondReasonableDoubt
    }
  }

  private mutating func hear(_ given: Case.Given) {
    for statement in given.values { said[statement.variable] = statement }
    if let voice = hearing.voice, let account = given.accounts.first(where: { $0.by == voice }) {
      hear(alone: account, of: given)
    }
  }

  /// One account in place of all; where it is silent the others are heard.
  private mutating func hear(alone account: Case.Account, of given: Case.Given) {
    for statement in account.values { said[statement.variable] = statement }
  }

  private mutating func narrow(_ variable: Int, to values: ValueSet) {
    let before = said[variable]
    let narrowed = before.map { $0.values.intersection(values) } ?? values
    said[variable] = .init(
      variable: variable, values: narrowed.isEmpty ? values : narrowed,
      foundTo: before?.foundTo ?? .beyondReasonableDoubt)
  }

  /// What is known of each variable: by the file, by the readings that are followed, by whether the file speaks at all.
  func known() -> [ValueSet?] {
    var known = [ValueSet?](repeating: nil, count: generation.variables.count)
    for variable in spokenOf() { known[variable] = statement(of: variable) }
    for (number, reading) in generation.readings.enumerated() {
      known[reading.variable] = ValueSet(variant(of: number))
    }
    for flag in generation.flags { known[flag.flag] = known[flag.fact] == nil ? .no : .yes }
    return known
  }

  /// The variables of which something is said, under every standard.
  func spokenOf() -> [Int] {
    var isSpokenOf = said.map { $0 != nil }
    for variable in hearing.accounts.keys { isSpokenOf[variable] = true }
    return isSpokenOf.indices.flatMap { isSpokenOf[$0] ? [$0] + generation.views[$0, default: []] : [] }
  }

  /// What a variable is known to be, by the standard under which it looks at the file; nil if nothing is known.
  func statement(of variable: Int) -> ValueSet? {
    let looked = generation.variables[variable]
    guard looked.fact != nil, let statement = heard(looked) else { return nil }
    if let standard = looked.standard, statement.foundTo < standard { return nil }
    return statement.values
  }

  private func heard(_ looked: Generation.Variable) -> Case.Statement? {
    guard let standard = looked.standard, standard.isMetByOneAccount, let fact = looked.fact,
      let chosen = hearing.accounts[looked.base],
      let given = file.given.first(where: { $0.fact == fact })
    else { return said[looked.base] }
    return given.accounts[chosen].values.first { $0.variable == looked.base } ?? said[looked.base]
  }

  /// The variant of a reading that is followed.
  func variant(of reading: Int) -> Int {
    hearing.readings[reading] ?? file.readings[reading] ?? generation.readings[reading].standing
  }
}

extension Generation {
  /// What is known of each variable of a case, all voices heard together.
  package func known(in file: Case) -> [ValueSet?] { HeardCase(file, .joint, under: self).known() }
}
