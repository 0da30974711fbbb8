// SPDX-License-Identifier: Apache-2.0

/// Lawspeaker's own words in a decision for people, in one language.
///
/// They say of nobody that they are a victim or an offender, and nothing about how likely anything is (design section 2).
struct Wording {
  let language: Language

  func pick(_ en: String, _ nb: String) -> String {
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
  func readAs(_ reading: String) -> String {
    pick(
      "Asked for, in place of the usual reading: \(reading)",
      "Valgt i stedet for den vanlige tolkningen: \(reading)")
  }
  func assumedJurisdiction(_ name: String) -> String {
    pick(
      "The file names no jurisdiction. It was read as a file of \(name), which is the default here.",
      "Saksfilen oppgir ikke hvilket lands regler som gjelder. Den er lest som en sak for \(name), som er satt som "
        + "standard her.")
  }

  var note: String { pick("note", "merknad") }

  var packs: String { pick("Packs and clauses", "Regelsett og bestemmelser") }
  var pack: String { pick("Pack", "Regelsett") }
  var checked: String { pick("last compared with the source on", "sist sammenholdt med kilden") }
  var applied: String { pick("applied here", "brukt her") }
  var caseFile: String { pick("Case file", "Saksfil") }

  var fileSays: String { pick("the file says", "filen sier") }
  var unless: String { pick("unless", "med mindre") }
  var not: String { pick("not", "ikke") }
  var all: String { pick("all of these", "alle disse") }
  var any: String { pick("one of these", "én av disse") }
  func atLeast(_ count: Int) -> String { pick("at least \(count) of these", "minst \(count) av disse") }
  func exactly(_ count: Int) -> String { pick("exactly \(count) of these", "nøyaktig \(count) av disse") }

  func quoted(_ words: String) -> String { pick("“\(words)”", "«\(words)»") }
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
      "municipal_child_welfare": ("municipal child welfare", "barnevernstjenesten"),
      "immigration": ("immigration authorities", "utlendingsmyndighetene"),
    ]
    guard let (en, nb) = known[role] else { return role }
    return pick(en, nb)
  }
}
