// SPDX-License-Identifier: Apache-2.0

internal import Ledger
internal import LawspeakerCore
internal import Glibc
internal import LocalSocket
internal import Logging
internal import PackRegistry
internal import Spool
internal import SystemPackage
internal import YAMLTree

/// The order of design section 8: read, decide, one transaction, put out, take away, sync, finished.
extension Daemon {
  private static let groupSize = 256
  /// How often a file may be in hand at an unclean stop.
  private static let maximumAttempts = 3

  /// What is to be done with one object, before anything is recorded.
  private enum Plan {
    case decide(TakenFile, Verdict)
    case refuse(TakenFile, [Diagnostic])
    case refuseObject(HostileObject)
  }

  /// What the ledger has recorded about one object, and what is to be done in the spool.
  private enum Work {
    case publish(TakenFile, DecisionRecord, Verdict)
    case nothingNew(TakenFile, version: Int)
    case setAside(SpoolName, FileIdentity?, text: String)
  }

  /// Takes in what waits, up to a group, and does all of it; false if nothing waited.
  func decideGroup() throws -> Bool {
    guard let set = packs.current else { return false }
    if backlog.isEmpty { backlog = try scan()[...] }
    guard let first = backlog.first else { return false }
    if suspects.remove(first) != nil {
      backlog.removeFirst()
      return try decideAlone(first, under: set.generation)
    }
    let group = backlog.prefix(Self.groupSize).prefix { !suspects.contains($0) }
    backlog = backlog.dropFirst(group.count)
    let plans = try plan(Array(group), under: set.generation)
    try carryOut(plans)
    return !plans.isEmpty || !backlog.isEmpty
  }

  /// What is ready in `incoming/`: one look at the folder serves many groups.
  private func scan() throws -> [SpoolName] {
    let quiet = Duration.seconds(configuration.quietSeconds)
    let names = try waiting(quiet: quiet).map(\.name)
    return names.filter { !attempted.contains($0) } + names.filter { attempted.contains($0) }
  }

  /// Reads and decides a group; of several files of one case only the first, since the next builds on it.
  private func plan(_ names: [SpoolName], under generation: Generation) throws -> [Plan] {
    var plans: [Plan] = []
    var references: Set<String> = []
    for name in names {
      guard let plan = try plan(name, under: generation) else { continue }
      if case .decide(_, let verdict) = plan, !references.insert(verdict.file.reference).inserted {
        arrivals.note(name)
        continue
      }
      plans.append(plan)
    }
    return plans
  }

  private func plan(_ name: SpoolName, under generation: Generation) throws -> Plan? {
    let intake = try spool.read(name)
    arrivals.forget(name)
    switch intake {
    case .changing, .gone: return nil
    case .hostile(let object): return .refuseObject(object)
    case .file(let file):
      let today = LocalDay.day(of: now(), in: configuration.timeZone)
      let defaults = CaseDefaults(jurisdiction: configuration.jurisdiction, today: today)
      do throws(CaseRefused) {
        return .decide(file, try Verdict(file.bytes, file: name.text, under: generation, defaults: defaults))
      } catch {
        return .refuse(file, error.diagnostics)
      }
    }
  }

  /// After an unclean stop: notes the attempt before the file is decided, so that a file that kills the daemon is
  /// found out and put into `held/`.
  private func decideAlone(_ name: SpoolName, under generation: Generation) throws -> Bool {
    guard case .file(let file) = try spool.read(name) else {
      try carryOut(try plan([name], under: generation))
      return true
    }
    let digest = ContentDigest(of: file.bytes)
    let at = LocalDay.timestamp(now())
    let attempts = try ledger.write { tx in try tx.noteAttempt(fileName: name.text, sha256: digest, at: at) }
    if attempts > Self.maximumAttempts {
      try hold(file, digest)
      return true
    }
    try carryOut(try plan([name], under: generation))
    try ledger.write { tx in try tx.clearAttempt(fileName: name.text, sha256: digest) }
    return true
  }

  private func hold(_ file: TakenFile, _ digest: ContentDigest) throws {
    let fault =
      "the daemon ended three times while it worked on this file; it is not tried again\n"
      + "    hint: keep the file and report it; `lawspeaker decide` on a copy shows whether it can be read\n"
    let record = SetAsideRecord(
      at: LocalDay.timestamp(now()), fileName: file.name.text, sha256: digest, codes: ["held"],
      diagnostics: fault)
    let entry = try ledger.write { tx in
      try tx.clearAttempt(fileName: file.name.text, sha256: digest)
      return try tx.hold(record)
    }
    log.error("a file was put into held/", metadata: ["entry": "\(entry)"])
    try takeAway(file.name, file.identity) { () throws(SpoolFault) in
      try spool.hold(file.name, ifUnchanged: file.identity, fault: Array(fault.utf8))
    }
    try spool.sync()
    finished.append(entry)
  }

  /// Records a group in one transaction and then does in the spool what was recorded.
  private func carryOut(_ plans: [Plan]) throws {
    guard !plans.isEmpty else { return }
    let prepared = try plans.map(prepare)
    let recorded = finished
    let at = LocalDay.timestamp(now())
    let entries = try ledger.write { tx in
      try tx.finish(recorded, at: at)
      return try prepared.map { try $0.record(tx) }
    }
    finished = []
    for work in prepared { try perform(work.work) }
    try spool.sync()
    finished = entries.compactMap { $0 }
    for (entry, work) in zip(entries, prepared) { report(work.work, entry: entry) }
  }

  /// Records the last group as finished when nothing else is to be recorded.
  func recordFinished() throws {
    guard !finished.isEmpty else { return }
    let at = LocalDay.timestamp(now())
    try ledger.write { tx in try tx.finish(finished, at: at) }
    finished = []
  }

  private struct Prepared {
    let work: Work
    /// Returns the entry to be finished once the work is done; nil if nothing was recorded.
    let record: (Ledger.Transaction) throws -> Int64?
  }

  private func prepare(_ plan: Plan) throws -> Prepared {
    switch plan {
    case .refuse(let file, let diagnostics):
      return setAside(
        file.name, file.identity, ContentDigest(of: file.bytes), codes: diagnostics.map(\.message.code),
        text: diagnostics.map(\.description).joined(separator: "\n") + "\n")
    case .refuseObject(let object):
      let text =
        "\(object.name.text): error: \(object.message) [\(object.reason.code)]\n    hint: \(object.hint)\n"
      return setAside(object.name, object.identity, nil, codes: [object.reason.code], text: text)
    case .decide(let file, let verdict): return try prepare(file, verdict)
    }
  }

  private func setAside(
    _ name: SpoolName, _ identity: FileIdentity?, _ digest: ContentDigest?, codes: [String], text: String
  ) -> Prepared {
    let record = SetAsideRecord(
      at: LocalDay.timestamp(now()), fileName: name.text, sha256: digest, codes: Set(codes).sorted(),
      diagnostics: text)
    return Prepared(work: .setAside(name, identity, text: text)) { tx in try tx.refuse(record) }
  }

  private func prepare(_ file: TakenFile, _ verdict: Verdict) throws -> Prepared {
    let previous = try ledger.reader.decision(verdict.file.reference)
    let digest = ContentDigest(of: file.bytes)
    if let problem = RedecidedFile.problem(file, digest: digest, after: previous) {
      return try prepare(.refuse(file, [problem]))
    }
    let standing = try ledger.reader.standing(of: verdict.file.reference)
    if let problem = try senderProblem(file, standing) { return try prepare(.refuse(file, [problem])) }
    let packs = verdict.decision.packs.map(\.recorded)
    if let previous, previous.caseSHA256 == digest, previous.packs == packs,
      previous.assessedOn == verdict.decision.assessedOn.description
    {
      return Prepared(work: .nothingNew(file, version: previous.version)) { _ in nil }
    }
    let version = (standing?.latestVersion ?? 0) + 1
    let name = standing?.name ?? nameOfNewCase(verdict.file.reference)
    let envelope = Envelope(
      verdict, version: version, previous: previous, recomputed: previous.flatMap(recomputed))
    let record = verdict.record(
      of: file, name: name, digest: digest, version: version, envelope: envelope.bytes,
      at: LocalDay.timestamp(now()))
    return Prepared(work: .publish(file, record, verdict)) { tx in try tx.record(record).entry }
  }

  /// Why a file may not come from its sender; nil if it may.
  private func senderProblem(_ file: TakenFile, _ standing: CaseStanding?) throws -> Diagnostic? {
    if RedecidedFile.isOperators(file) { return nil }
    if let groups = configuration.access[.submit], file.owner != 0, file.owner != geteuid(),
      try !groups.contains(where: { try Groups.isMember(file.owner, of: $0) })
    {
      return Diagnostic(at: SourceLocation(file: file.name.text), .mayNotSubmit)
    }
    guard let standing, standing.owner != file.owner, !configuration.sharesReferences else { return nil }
    return Diagnostic(at: SourceLocation(file: file.name.text), .caseOfAnotherSender)
  }

  /// What indexes and folders call a case that is new.
  private func nameOfNewCase(_ reference: String) -> String {
    configuration.privacy.caseReferences == .pseudonym ? ledger.keys.pseudonym(of: reference) : reference
  }

  /// A stored decision, computed again from its bytes and the packs of its time.
  ///
  /// Nil, and said in the log, if it does not come out the same: the record stands, and work goes on without it.
  func recomputed(_ stored: StoredDecision) -> Verdict? {
    do {
      return try Verdict(stored, under: packs.archived(stored.packs).generation)
    } catch {
      log.error("an earlier decision cannot be computed again", metadata: ["case.id": "\(stored.name)"])
      return nil
    }
  }

  private func perform(_ work: Work) throws {
    switch work {
    case .publish(let file, let record, let verdict):
      try spool.publish(
        case: record.name, version: record.version,
        files: verdict.files(
          version: record.version, envelope: record.envelope, languages: configuration.languages))
      try takeAway(file.name, file.identity) { () throws(SpoolFault) in
        try spool.finish(
          file.name, ifUnchanged: file.identity, case: record.name, version: record.version,
          keep: configuration.keepsDone)
      }
    case .nothingNew(let file, _):
      try takeAway(file.name, file.identity) { () throws(SpoolFault) in
        try spool.remove(file.name, ifUnchanged: file.identity)
      }
    case .setAside(let name, let identity, let text):
      try takeAway(name, identity) { () throws(SpoolFault) in
        try spool.refuse(name, ifUnchanged: identity, diagnostics: Array(text.utf8))
      }
    }
  }

  /// Takes an object out of `incoming/`; one that may not be moved stays where it is and is not looked at again.
  ///
  /// So another owner's folder, which only its owner can move, stops nothing.
  func takeAway(
    _ name: SpoolName, _ identity: FileIdentity?, _ move: () throws(SpoolFault) -> Departure
  ) throws(SpoolFault) {
    do throws(SpoolFault) { _ = try move() } catch {
      guard error.isForbiddenMove, let identity else { throw error }
      immovable[name] = identity.modified
      log.error(
        "an object in incoming/ cannot be moved out of it; it stays", metadata: ["errno": "\(error.reason)"])
    }
  }

  private func report(_ work: Work, entry: Int64?) {
    switch work {
    case .publish(_, let record, _):
      log.info("decided", metadata: ["case.id": "\(record.name)", "version": "\(record.version)"])
    case .nothingNew(_, let version): log.info("nothing new", metadata: ["version": "\(version)"])
    case .setAside: log.warning("refused", metadata: ["entry": "\(entry ?? 0)"])
    }
  }
}

extension Verdict {
  fileprivate func record(
    of file: TakenFile, name: String, digest: ContentDigest, version: Int, envelope: [UInt8], at: String
  ) -> DecisionRecord {
    guard let sha256 = ContentDigest(hex: sha256), let answer = ContentDigest(hex: answerSHA256) else {
      preconditionFailure("digests are SHA-256 in hexadecimal")
    }
    return DecisionRecord(
      reference: self.file.reference, name: name, owner: file.owner, person: self.file.person,
      version: version, at: at,
      assessedOn: decision.assessedOn.description, jurisdiction: decision.jurisdiction,
      fileName: file.name.text, caseBytes: file.bytes,
      decision: bytes,
      envelope: envelope, caseSHA256: digest, decisionSHA256: sha256, answerSHA256: answer,
      packs: decision.packs.map(\.recorded),
      conclusions: decision.answer.conclusions.map {
        FoundConclusion(id: generation.rules[$0.rule].id, status: $0.status.rawValue)
      },
      clauses: decision.answer.clausesApplied.map { generation.id(of: $0) })
  }
}

extension SpoolFault {
  /// Whether an object may not be moved, which is its own matter; a full or failing disk is everybody's.
  var isForbiddenMove: Bool {
    operation == .rename && [.permissionDenied, .notPermitted, .resourceBusy].contains(reason)
  }
}

extension Diagnostic.Message {
  static let mayNotSubmit = Self(
    code: "may-not-submit", text: "the sender of this file may not hand in cases",
    hint: "ask whoever operates Lawspeaker; it is the right `submit` under `access` in the configuration")

  static let caseOfAnotherSender = Self(
    code: "case-of-another-sender", text: "the reference in `case` belongs to another sender's case",
    hint: "use a reference of your own; `related` can name the other")
}
