// SPDX-License-Identifier: Apache-2.0

/// What stands beside the conclusions.
extension Wording {
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
  func notLookedAt(_ packs: String) -> String {
    pick(
      "Last compared with the law: \(packs). The day of assessment is later; what has changed since is not seen here.",
      "Sist sammenholdt med loven: \(packs). Vurderingsdatoen er senere; det som er endret siden, vises ikke her."
    )
  }

  var disregarded: String { pick("What was disregarded, and why", "Uten betydning her, og hvorfor") }
  func irrelevant(_ conclusions: String) -> String {
    pick(
      "irrelevant, under the clause in brackets, to: \(conclusions)",
      "uten betydning etter bestemmelsen i parentes for: \(conclusions)")
  }
  func irrelevant(_ conclusion: String, _ cite: String) -> String {
    pick("irrelevant to “\(conclusion)” by \(cite)", "uten betydning for «\(conclusion)» etter \(cite)")
  }
  func irrelevantElsewhere(_ cites: String) -> String {
    pick(
      "irrelevant also to what the file does not touch: \(cites)",
      "uten betydning også for det filen ikke berører: \(cites)")
  }
  func cannotBeWeighed(_ conclusions: String, until what: String) -> String {
    pick(
      "cannot be weighed for \(conclusions) until this is known: \(what)",
      "kan ikke vektes for \(conclusions) før dette er avklart: \(what)")
  }
  func notDecisive(_ conclusions: String) -> String {
    pick("is not what decides here: \(conclusions)", "er ikke det som avgjør her: \(conclusions)")
  }
  var notRead: String {
    pick(
      "recorded; no rule in these packs reads it", "registrert; ingen regel i disse regelsettene bruker den")
  }

  var notModelled: String { pick("What the packs do not decide", "Det regelsettene ikke tar stilling til") }
  var pending: String {
    pick(
      "adopted; the day it comes into force is not confirmed",
      "vedtatt; ikrafttredelsen er ikke bekreftet")
  }

  func sideBySide(_ cite: String) -> String {
    pick(
      "Both can be so at once; each is answered by itself. This shows how they differ (\(cite)).",
      "Begge kan foreligge samtidig; hver av dem besvares for seg. Her vises hva som skiller dem (\(cite)).")
  }

  var turnsOn: String { pick("Whom and what it turns on", "Hvem og hva det kommer an på") }
  func contested(_ question: String, _ voices: [String]) -> String {
    pick("Accounts differ: \(question) ", "Fremstillingene er ulike: \(question) ")
      + voices.joined(separator: " · ")
  }
  func turns(_ titles: String, _ answer: String) -> String {
    pick("\(titles): here answered “\(answer)”.", "\(titles): her besvart med «\(answer)».")
  }
  func onAccount(of role: String, _ status: Status) -> String {
    pick(
      "On the account of \(self.role(role)) alone: \(answer(status))",
      "Bare etter fremstillingen fra \(self.role(role)): \(answer(status))")
  }
  func underReading(_ reading: String, _ cite: String, _ status: Status) -> String {
    let source = cite.isEmpty ? "" : " (\(cite))"
    return pick(
      "Under the reading “\(reading)”\(source): \(answer(status))",
      "Etter tolkningen «\(reading)»\(source): \(answer(status))")
  }
  func statedBeside(_ stated: String, by role: String?, _ reading: String, gives status: Status) -> String {
    let who = role.map(self.role) ?? pick("not said", "ikke oppgitt")
    return pick(
      "The file states: \(stated) (stated by: \(who)). That stands. The reading “\(reading)” alone would say: "
        + "\(answer(status)).",
      "Filen oppgir: \(stated) (oppgitt av: \(who)). Det blir stående. Tolkningen «\(reading)» alene ville gitt: "
        + "\(answer(status)).")
  }
}
