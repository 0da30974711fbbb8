// SPDX-License-Identifier: Apache-2.0

/// Lawspeaker's own words in a decision for people, in one language.
///
/// They say of nobody that they are a victim or an offender, and nothing about how likely anything is (design section 2).
struct Wording {
  let language: Language

  private func pick(_ en: String, _ nb: String) -> String {
    switch language {
    case .en: en
    case .nb: nb
    }
  }

  var title: String { pick("Rule review", "Regelgjennomgang") }
  var fixedSentence: String {
    pick(
      "This is a machine's reading of rules on the facts in the file. It is no formal decision, and it says of nobody "
        + "that they are a victim or an offender. A person decides.",
      "Dette er en maskinell gjennomgang av regler ut fra opplysningene i saksfilen. Det er ikke et vedtak, og det sier "
        + "ikke om noen at de er utsatt eller har gjort noe galt. Et menneske avgjør.")
  }
  var assessedOn: String { pick("Day of assessment", "Vurderingsdato") }
  var version: String { pick("Version", "Versjon") }
  func assumedJurisdiction(_ name: String) -> String {
    pick(
      "The file names no jurisdiction. It was read as a file of \(name), which is the default here.",
      "Saksfilen oppgir ikke hvilket lands regler som gjelder. Den er lest som en sak for \(name), som er satt som "
        + "standard her.")
  }

  var contradictions: String { pick("What cannot all be right", "Opplysninger som ikke kan stemme samtidig") }
  var contradictionHelp: String {
    pick(
      "Nothing is concluded where these facts matter. Check them against each other and correct the file.",
      "Det trekkes ingen slutning der disse opplysningene har betydning. Kontroller dem mot hverandre og rett filen."
    )
  }
  var touches: String { pick("touches", "berører") }
  var cautions: String { pick("Please note", "Vær oppmerksom på") }
  func denialWithoutSource(_ question: String) -> String {
    pick(
      "Something is stated as absent without a source: “\(question)” Check that it is known, and not just not heard of.",
      "Noe er oppgitt som ikke til stede uten kilde: «\(question)» Kontroller at dette er kjent, og ikke bare at ingen "
        + "har hørt om det.")
  }

  func notProved(_ question: String) -> String {
    pick(
      "Recorded as not proved: “\(question)” What was not proved did not thereby not happen.",
      "Registrert som ikke dokumentert: «\(question)» At noe ikke er dokumentert, betyr ikke at det ikke har skjedd."
    )
  }
  var note: String { pick("note", "merknad") }

  var open: String { pick("What is open", "Det som er uavklart") }
  var openStatus: String {
    pick("open, since the facts allow both answers", "uavklart, fordi opplysningene åpner for begge svar")
  }
  func underClause(_ cite: String) -> String { pick("under \(cite)", "etter \(cite)") }
  var stillOpen: String { pick("still open", "gjenstår") }
  func untouched(_ titles: String) -> String {
    pick("The file says nothing that bears on: \(titles).", "Filen sier ikke noe som gjelder: \(titles).")
  }
  var findOut: String { pick("To find out", "Dette kan avklares") }
  var askNext: String { pick("Suggested next question", "Foreslått neste spørsmål") }
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
      "it could come out the other way if this were otherwise: \(facts)",
      "det kunne falle motsatt ut om dette var annerledes: \(facts)")
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
  var holdsStatus: String {
    pick("the conditions are met on these facts", "vilkårene er oppfylt etter opplysningene")
  }
  var rests: String { pick("rests on", "bygger på") }
  func restsOnNothing() -> String { pick("rests on no single fact", "bygger ikke på noen enkelt opplysning") }
  func either(_ cites: String) -> String {
    pick("One of \(cites) applies; each leads here.", "Én av \(cites) gjelder; hver av dem fører hit.")
  }
  func exceptionsConsidered(_ cites: String) -> String {
    pick("considered and not met: \(cites)", "vurdert og ikke oppfylt: \(cites)")
  }
  var inForceFrom: String { pick("in force from", "i kraft fra") }
  var until: String { pick("until", "til") }
  func judged(_ what: String, by role: String?) -> String {
    let who = role.map(self.role) ?? pick("not said", "ikke oppgitt")
    return pick(
      "“\(what)” is a legal assessment; made by: \(who)",
      "«\(what)» er en rettslig vurdering; gjort av: \(who)")
  }

  var fails: String {
    pick("Conditions that are not met on these facts", "Vilkår som ikke er oppfylt etter opplysningene")
  }
  var failsStatus: String {
    pick("the conditions are not met on these facts", "vilkårene er ikke oppfylt etter opplysningene")
  }
  var failsHelp: String {
    pick(
      "This says which conditions are not met. The need for help, and duties to help or report, are assessed "
        + "separately.",
      "Dette viser hvilke vilkår som ikke er oppfylt. Behovet for hjelp, og plikter til å hjelpe eller melde fra, "
        + "vurderes for seg.")
  }
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
  var disregarded: String { pick("What was disregarded, and why", "Uten betydning her, og hvorfor") }
  func irrelevant(_ conclusion: String, _ cite: String) -> String {
    pick("irrelevant to “\(conclusion)” by \(cite)", "uten betydning for «\(conclusion)» etter \(cite)")
  }
  func cannotBeWeighed(_ conclusion: String, until what: String) -> String {
    pick(
      "cannot be weighed for “\(conclusion)” until this is known: \(what)",
      "kan ikke vektes for «\(conclusion)» før dette er avklart: \(what)")
  }
  func notDecisive(_ conclusion: String) -> String {
    pick("is not what decides “\(conclusion)” here", "er ikke det som avgjør «\(conclusion)» her")
  }
  var notRead: String {
    pick(
      "recorded; no rule in these packs reads it", "registrert; ingen regel i disse regelsettene bruker den")
  }

  var notModelled: String { pick("What the packs do not decide", "Det regelsettene ikke tar stilling til") }
  var packs: String { pick("Packs and clauses", "Regelsett og bestemmelser") }
  var pack: String { pick("Pack", "Regelsett") }
  var checked: String { pick("last compared with the source on", "sist sammenholdt med kilden") }
  var caseFile: String { pick("Case file", "Saksfil") }

  var fileSays: String { pick("the file says", "filen sier") }
  var unless: String { pick("unless", "med mindre") }
  var not: String { pick("not", "ikke") }
  var all: String { pick("all of these", "alle disse") }
  var any: String { pick("one of these", "én av disse") }
  func atLeast(_ count: Int) -> String { pick("at least \(count) of these", "minst \(count) av disse") }
  func exactly(_ count: Int) -> String { pick("exactly \(count) of these", "nøyaktig \(count) av disse") }

  var yes: String { pick("yes", "ja") }
  var no: String { pick("no", "nei") }
  func absent(_ label: String) -> String { pick("not: \(label)", "ikke: \(label)") }
  var noneOfThese: String { pick("none of these", "ingen av disse") }
  func between(_ low: String, _ high: String) -> String {
    pick("between \(low) and \(high)", "mellom \(low) og \(high)")
  }
  func before(_ value: String, isDate: Bool) -> String {
    isDate ? pick("before \(value)", "før \(value)") : pick("below \(value)", "under \(value)")
  }
  func after(_ value: String) -> String { pick("after \(value)", "etter \(value)") }
  func atLeast(_ value: String) -> String { pick("\(value) or more", "\(value) eller mer") }
  var or: String { pick(" or ", " eller ") }

  /// Units of quantities as people write them.
  func unit(_ unit: String) -> String {
    switch (language, unit) {
    case (.nb, "years"): "år"
    case (.nb, "months"): "måneder"
    case (.nb, "weeks"): "uker"
    case (.nb, "days"): "dager"
    case (.nb, "hours"): "timer"
    default: unit
    }
  }

  /// The roles of design section 5; another role is shown as written.
  func role(_ role: String) -> String {
    let known: [String: (String, String)] = [
      "person": ("the person concerned", "personen saken gjelder"),
      "social_worker": ("a social worker", "sosialarbeider"),
      "police": ("the police", "politiet"),
      "researcher": ("a researcher", "forsker"),
      "court": ("a court", "domstol"),
      "parent_or_guardian": ("a parent or guardian", "forelder eller verge"),
      "alleged_actor": ("the alleged actor", "den det er rettet påstander mot"),
      "ngo": ("a non-governmental organisation", "frivillig organisasjon"),
      "health": ("health services", "helsetjenesten"),
      "school": ("school", "skolen"),
      "municipal_child_welfare": ("municipal child welfare", "barneverntjenesten"),
      "immigration": ("immigration authorities", "utlendingsmyndighetene"),
    ]
    guard let (en, nb) = known[role] else { return role }
    return pick(en, nb)
  }
}
