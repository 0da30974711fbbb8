// SPDX-License-Identifier: Apache-2.0

/// What is said of a conclusion.
extension Wording {
  var open: String { pick("What is open", "Det som er uavklart") }
  var openMeaning: String {
    pick(
      "For these the facts in the file allow both answers.", "Her åpner opplysningene i filen for begge svar."
    )
  }
  var openStatus: String { pick("open", "uavklart") }
  var alsoOpen: String { pick("Also open, with the next question", "Også uavklart, med neste spørsmål") }
  func underClause(_ cite: String) -> String { pick("under \(cite)", "etter \(cite)") }
  var stillOpen: String { pick("still open", "gjenstår") }
  var untouchedWithDuty: String {
    pick(
      "May give rise to duties, but beyond ages and days the file says nothing of them",
      "Kan gi plikter, men filen sier ikke noe om dem ut over alder og datoer")
  }
  func otherUntouched(_ count: Int) -> String {
    pick(
      count == 1
        ? "One more that the file does not touch stands near the end."
        : "\(count) more that the file does not touch stand near the end.",
      count == 1
        ? "Ett punkt til, som filen ikke berører, står mot slutten."
        : "\(count) punkter til, som filen ikke berører, står mot slutten.")
  }
  var untouched: String { pick("Not touched by the file", "Ikke berørt av opplysningene i filen") }
  func question(_ place: Int) -> String { pick("question \(place)", "spørsmål \(place)") }
  var findOut: String { pick("To find out", "Dette kan avklares") }
  var askNext: String { pick("Suggested next question", "Foreslått neste spørsmål") }
  var askNextInOrder: String {
    pick(
      "Suggested next questions, first those on which a duty may depend",
      "Foreslåtte neste spørsmål, først de som en plikt kan avhenge av")
  }
  func clearsUp(_ titles: String) -> String {
    pick("Helps to clear up: \(titles).", "Bidrar til å avklare: \(titles).")
  }
  func enoughToHold(_ facts: String) -> String {
    pick("Enough for the conditions to be met: \(facts)", "Nok til at vilkårene er oppfylt: \(facts)")
  }
  func enoughToFail(_ facts: String) -> String {
    pick(
      "Enough for the conditions not to be met: \(facts)", "Nok til at vilkårene ikke er oppfylt: \(facts)")
  }
  func oneOf(_ ways: Int) -> String {
    let many = ways >= Settling.most
    return pick(
      many ? " (one of very many ways)" : " (one of \(ways) ways)",
      many ? " (én av svært mange måter)" : " (én av \(ways) måter)")
  }
  func reasonCount(_ count: Conclusion.ReasonCount) -> String {
    let atLeast = count.isAtLeast ? pick("at least ", "minst ") : ""
    return pick(
      "\(atLeast)\(count.count) different sets of facts in the file each lead here",
      "\(atLeast)\(count.count) ulike sett av opplysninger i filen fører hver for seg hit")
  }
  var onlyReason: String {
    pick(
      "no other set of facts in the file leads here", "ingen andre opplysninger i filen fører hit")
  }
  func wouldFlip(_ facts: String) -> String {
    pick(
      "the answer could be another if this were otherwise: \(facts)",
      "svaret kunne blitt et annet om dette var annerledes: \(facts)")
  }
  var cannotChange: String {
    pick("cannot change, only have been recorded wrongly", "kan ikke endre seg, bare være feil registrert")
  }
  var refused: String {
    pick(
      "has been refused and is not asked again",
      "er ikke besvart etter eget ønske, og det spørres ikke på nytt")
  }
  var unsettled: String {
    pick("not settled within the program's budget", "ikke avklart innenfor programmets rammer")
  }

  var holds: String {
    pick("Conditions that are met on these facts", "Vilkår som er oppfylt etter opplysningene")
  }
  /// Read after a title; one that speaks of the conditions itself does not have them named again.
  func holdsStatus(_ title: String) -> String {
    namesConditions(title)
      ? pick("met on these facts", "oppfylt etter opplysningene")
      : pick("the conditions are met on these facts", "vilkårene er oppfylt etter opplysningene")
  }
  private func namesConditions(_ title: String) -> Bool {
    title.hasPrefix(pick("The conditions", "Vilkårene"))
  }
  var rests: String { pick("rests on", "bygger på") }
  func sameFacts(as title: String) -> String {
    pick("rests on the same facts as “\(title)”", "bygger på de samme opplysningene som «\(title)»")
  }
  func andAlso(_ facts: String) -> String { pick(", and also: \(facts)", ", og i tillegg: \(facts)") }
  var sameFactsAsAbove: String { pick("rests on the same facts", "bygger på de samme opplysningene") }
  func restsOnNothing() -> String { pick("rests on no single fact", "bygger ikke på noen enkelt opplysning") }
  func either(_ cites: String) -> String {
    pick("One of \(cites) applies; each leads here", "Én av \(cites) gjelder, og hver av dem fører hit")
  }
  func exceptionsConsidered(_ cites: String) -> String {
    pick("considered and not met: \(cites)", "vurdert og ikke oppfylt: \(cites)")
  }
  var inForceFrom: String { pick("in force from", "i kraft fra") }
  var until: String { pick("until", "til") }
  func judged(_ what: [String], by role: String?) -> String {
    let who = role.map(self.role) ?? pick("not said", "ikke oppgitt")
    let things = what.joined(separator: ", ")
    return what.count == 1
      ? pick(
        "\(things) is a legal assessment; made by: \(who)",
        "\(things) er en rettslig vurdering; gjort av: \(who)")
      : pick(
        "\(things) are legal assessments; made by: \(who)",
        "\(things) er rettslige vurderinger; gjort av: \(who)")
  }

  var fails: String {
    pick("Conditions that are not met on these facts", "Vilkår som ikke er oppfylt etter opplysningene")
  }
  func failsStatus(_ title: String) -> String {
    namesConditions(title)
      ? pick("not met on these facts", "ikke oppfylt etter opplysningene")
      : pick("the conditions are not met on these facts", "vilkårene er ikke oppfylt etter opplysningene")
  }
  var failsByAge: String {
    pick(
      "Others, by what stands against them", "Øvrige, ordnet etter det som ikke er oppfylt eller står i veien"
    )
  }
  var failsHelp: String {
    pick(
      "This says which conditions are not met on these facts. It does not say that nothing happened. The need for "
        + "help, and duties to help or report, are assessed separately.",
      "Dette viser hvilke vilkår som ikke er oppfylt etter opplysningene. Det sier ikke at det ikke har skjedd noe. "
        + "Behovet for hjelp, og plikter til å hjelpe eller melde fra, vurderes for seg.")
  }
  var inTheWay: String { pick("stands against it", "står i veien") }
  var lacks: String { pick("not met", "ikke oppfylt") }
  var clauseNotInForce: String { pick("the clause was not in force", "bestemmelsen var ikke i kraft") }
  func exceptionApplies(_ cite: String) -> String { pick("\(cite) excepts it", "unntaket i \(cite) gjelder") }
  var wholeCondition: String { pick("the conditions taken together", "vilkårene sett under ett") }
  var notInForce: String {
    pick("no rule was in force on the day", "ingen regel var i kraft på tidspunktet")
  }
  var contradictory: String {
    pick("no answer: the facts contradict each other", "ikke noe svar: opplysningene motsier hverandre")
  }
  var otherwise: String { pick("Without an answer", "Uten svar") }
  func onlyFrom(_ day: String) -> String {
    pick(
      "Looked at from \(day), the first day the rule was in force.",
      "Vurdert fra \(day), da regelen trådte i kraft.")
  }
  func onlyUntil(_ day: String) -> String {
    pick(
      "Looked at up to \(day), the first day the rule was no longer in force.",
      "Vurdert fram til \(day), da regelen ikke lenger var i kraft.")
  }

  var elements: String { pick("Element by element", "Element for element") }
  func element(_ status: Status) -> String {
    switch status {
    case .holds: pick("Met on these facts", "Oppfylt etter opplysningene")
    case .fails: pick("Not met on these facts", "Ikke oppfylt etter opplysningene")
    case .undetermined: pick("Open", "Uavklart")
    case .contradictory, .notInForce, .unsettled: answer(status)
    }
  }

  /// How surely the facts must be found, as a whole sentence part.
  func standard(_ standard: Standard?) -> String {
    guard let standard else {
      return pick(
        "The answer holds if these facts are right", "Svaret gjelder hvis disse opplysningene stemmer")
    }
    return pick("To the standard “\(name(of: standard))”", "Beviskrav: «\(name(of: standard))»")
  }

  func name(of standard: Standard) -> String {
    switch standard {
    case .indications: pick("indications", "holdepunkter")
    case .reasonableGrounds: pick("reasonable grounds to believe", "rimelig grunn til å tro")
    case .probable: pick("more likely than not", "sannsynlighetsovervekt")
    case .certainOrMostLikely: pick("certain or most likely", "sikkert eller mest sannsynlig")
    case .beyondReasonableDoubt: pick("beyond reasonable doubt", "utover enhver rimelig tvil")
    }
  }

  func competent(_ bodies: String) -> String {
    pick("the matter is decided by: \(bodies)", "avgjøres av: \(bodies)")
  }
  func foundToLess(_ answer: String, _ standard: Standard) -> String {
    pick(
      "the file says \(answer), found only to “\(name(of: standard))”",
      "filen sier \(answer), men bare med «\(name(of: standard))»")
  }

  func only(_ standard: Standard) -> String {
    pick("found only to “\(name(of: standard))”", "men bare med «\(name(of: standard))»")
  }

  /// An answer in a few words, where another stands beside it.
  func answer(_ status: Status) -> String {
    switch status {
    case .holds: pick("the conditions are met", "vilkårene er oppfylt")
    case .fails: pick("the conditions are not met", "vilkårene er ikke oppfylt")
    case .undetermined: pick("open", "uavklart")
    case .contradictory: contradictory
    case .notInForce: notInForce
    case .unsettled: unsettled
    }
  }

  func presumed(_ status: Status) -> String {
    pick(
      "Presumed until cleared up: \(answer(status))", "Lagt til grunn inntil avklart: \(answer(status))")
  }
  func part(_ from: String, _ until: String, _ status: Status) -> String {
    let days = from == until ? from : pick("\(from) to \(until)", "\(from) til \(until)")
    return "\(days): \(answer(status))"
  }
  /// A question, for a later law is never chosen.
  func laterLaw(_ cites: String, by clause: String?) -> String {
    pick(
      "A later text may be milder: \(cites). Does it apply? That depends on whether it came of a changed view of what "
        + "should be punished\(clause.map { " (\($0))" } ?? ""); it is not answered here.",
      "En senere lovtekst kan være mildere: \(cites). Skal den brukes? Det kommer an på om den bygger på et endret syn på "
        + "hva som bør være straffbart\(clause.map { " (\($0))" } ?? ""); det er ikke besvart her.")
  }
}
