// SPDX-License-Identifier: Apache-2.0

/// The words of a pack's page, for a lawyer.
extension Wording {
  func pageTitle(_ pack: String) -> String {
    pick("What the pack `\(pack)` encodes", "Hva regelsettet `\(pack)` inneholder")
  }
  var pageIsDrawn: String {
    "Drawn from the pack by `lawspeaker packs describe`. Do not edit: change the pack, then run `make docs`."
  }
  var pageHelp: String {
    pick(
      "This page is drawn from the pack itself, so it says what the program does. It is a reading of the law, not the "
        + "law, and no advice. Words in `code` are the names to look for in the pack's files.",
      "Denne siden er laget av selve regelsettet og viser derfor hva programmet gjør. Den er en tolkning av retten, ikke "
        + "retten selv, og ikke et råd. Ord skrevet som `kode` er navnene i regelsettets filer.")
  }
  var pageSource: String { pick("Source", "Kilde") }
  func authenticIn(_ languages: String) -> String {
    pick("authentic text: \(languages)", "autentisk tekst: \(languages)")
  }
  func checkedOn(_ day: String) -> String {
    pick(
      "Last compared with the source on \(day). What has changed in the law since is not in the pack.",
      "Sist sammenholdt med kilden \(day). Det som er endret i retten siden, er ikke med i regelsettet.")
  }
  var buildsOn: String { pick("Builds on", "Bygger på") }
  var contents: String { pick("On this page", "På denne siden") }
  var from: String { pick("from", "fra") }
  var and: String { pick(" and ", " og ") }
  var ifThen: String { pick("if the first, then also the second", "hvis det første, så også det andre") }
  var anyAnswer: String { pick("at least one of the answers", "minst ett av svarene") }
  func above(_ value: String) -> String { pick("above \(value)", "over \(value)") }
  func atMost(_ value: String) -> String { pick("\(value) or less", "\(value) eller mindre") }
  var nothing: String { pick("nothing", "ingenting") }
  func andMore(_ count: Int) -> String { pick("and \(count) more", "og \(count) til") }
  func dutyCount(_ count: Int) -> String {
    count == 1
      ? pick("1 duty or possibility", "1 plikt eller mulighet")
      : pick("\(count) duties or possibilities", "\(count) plikter eller muligheter")
  }
  func confidence(_ word: String?) -> String {
    switch word {
    case "high": pick("high", "høy")
    case "medium": pick("medium", "middels")
    case "low": pick("low", "lav")
    default: pick("not said", "ikke oppgitt")
    }
  }

  var conclusions: String { pick("Conclusions", "Konklusjoner") }
  var conclusionsHelp: String {
    pick(
      "Each holds if any one of its grounds holds. A ground holds if its clause is in force on the governing day, all "
        + "that stands beneath it is so, and no exception applies.",
      "En konklusjon er oppfylt når ett av grunnlagene er det. Et grunnlag er oppfylt når bestemmelsen er i kraft den "
        + "avgjørende dagen, alt som står under den, er på plass, og ingen unntak gjelder.")
  }
  var notions: String { pick("What the conclusions are built of", "Det konklusjonene er bygd av") }
  var notionsHelp: String {
    pick(
      "Each is looked at under the standard of the conclusion that uses it, unless it names its own.",
      "Beviskravet er det som gjelder for konklusjonen som bruker dem, hvis de ikke har sitt eget.")
  }
  func about(_ what: String) -> String {
    switch what {
    case "person": pick("about the person", "gjelder personen")
    case "actor": pick("about an actor", "gjelder en aktør")
    default: pick("about the conduct", "gjelder handlingen")
    }
  }
  var incriminating: String {
    pick(
      "incriminating: a day that may lie before the law counts as before it",
      "straffebestemmelse: en dag som kan ligge før loven, regnes som før den")
  }
  /// A conclusion without a standard is answered as if the file were right.
  func pageStandard(_ standard: Standard?) -> String {
    standard == nil
      ? pick(
        "no standard: answered as if the facts are right",
        "intet beviskrav: besvares som om opplysningene stemmer")
      : self.standard(standard).lowercasedFirst
  }
  var dayOfAssessment: String { pick("the day of assessment", "vurderingsdatoen") }
  func governed(by day: String) -> String {
    pick("Governed by the law of: \(day)", "Avgjørende dag for hvilken lov som gjelder: \(day)")
  }
  var flagsMilder: String {
    pick("a later text that may be milder is pointed out", "en senere tekst som kan være mildere, pekes på")
  }
  func yields(to rule: String) -> String { pick("Yields to \(rule)", "Viker for \(rule)") }
  func decidedByReading(_ title: String) -> String {
    pick("Decided by a reading: \(title)", "Avgjøres av en tolkning: \(title)")
  }
  var notDecidedHere: String { pick("Touched by law that is not encoded", "Berøres av rett som ikke er med") }

  var lawInTime: String { pick("Which day's law governs", "Hvilken dags lov som gjelder") }
  var lawInTimeHelp: String {
    pick(
      "The day, the clause that says so, what it says, and the conclusions it governs.",
      "Dagen, bestemmelsen som sier det, hva den sier, og konklusjonene den gjelder for.")
  }
  func andNotions(_ count: Int) -> String {
    pick("and \(count) of what they are built of", "og \(count) av det de er bygd av")
  }
  func byDefault(_ day: String, _ count: Int) -> String {
    pick("\(day), where the pack says nothing (\(count))", "\(day), der regelsettet ikke sier noe (\(count))")
  }

  var readingsTitle: String { pick("Readings", "Tolkninger") }
  var readingsHelp: String {
    pick(
      "Questions of interpretation on which more than one answer is held. Cases are decided under the default; where "
        + "another reading would change an answer, the decision says so. What a file states of such a fact stands. "
        + "`lawspeaker decide --reading` asks for another.",
      "Tolkningsspørsmål med mer enn ett svar. Saker gjennomgås etter standardtolkningen; der en annen ville endret et "
        + "svar, står det i gjennomgangen. Det en fil selv oppgir om et slikt forhold, blir stående. Med `lawspeaker "
        + "decide --reading` kan en annen velges.")
  }
  var decides: String { pick("decides", "avgjør") }
  var standing: String { pick("the default", "standard") }
  var heldBy: String { pick("held by or written in", "hevdes av eller står i") }
  var soIf: String { pick("so if", "slik når") }
  var inPlaceOfGrounds: String {
    pick("in place of the condition of each ground", "i stedet for vilkåret i hvert grunnlag")
  }
  var groundsAsWritten: String { pick("the grounds stand as written", "grunnlagene står som skrevet") }
  var drawnFromNothing: String {
    pick(
      "not drawn from anything: open unless the file states it",
      "utledes ikke: åpent hvis ikke filen oppgir det")
  }

  var presumptionsTitle: String { pick("Presumptions", "Det som legges til grunn inntil avklart") }
  var presumptionsHelp: String {
    pick(
      "Taken as a basis until it is cleared up, for these conclusions only and never against anybody. Both answers are "
        + "shown, with and without it.",
      "Legges til grunn inntil det er avklart, bare for disse konklusjonene og aldri mot noen. Begge svar vises, med og "
        + "uten.")
  }
  var runsFor: String { pick("for", "for") }

  var dutiesHelp: String {
    pick(
      "A due day is counted from the earliest day that the file leaves possible.",
      "Fristen regnes fra den tidligste dagen som filen holder åpen.")
  }
  func dutyFollows(from rule: String, isFromPossible: Bool) -> String {
    isFromPossible
      ? pick("while this is not decided against: \(rule)", "så lenge dette ikke er avkreftet: \(rule)")
      : pick("when this is met: \(rule)", "når dette er oppfylt: \(rule)")
  }

  var cautionsTitle: String { pick("Cautions", "Advarsler") }
  var cautionsHelp: String {
    pick(
      "Sentences that hold a reader back from a known error, with what they rest on.",
      "Setninger som skal hindre kjente feilslutninger, med det de bygger på.")
  }
  var shownIf: String { pick("shown if", "vises når") }

  var irrelevancesTitle: String { pick("What never matters", "Det som aldri har betydning") }
  var irrelevancesHelp: String {
    pick(
      "Proved when the pack is loaded: no way leads from the conclusion to the fact.",
      "Kontrolleres når regelsettet lastes: ingen vei fører fra konklusjonen til opplysningen.")
  }
  var whenever: String { pick("the clause speaks when", "bestemmelsen gjelder når") }

  var comparisonsTitle: String { pick("Easily taken for each other", "Lett å forveksle") }
  var comparisonsHelp: String {
    pick(
      "Shown where the file speaks of each and none is decided against. Each keeps its own answer.",
      "Vises når filen sier noe om begge og ingen av dem er avkreftet. Hver beholder sitt eget svar.")
  }

  var changesTitle: String { pick("What it changes in other packs", "Det som endres i andre regelsett") }
  var changesHelp: String {
    pick(
      "Said for the reader. The other pack's conclusion stays as it is and is answered beside this pack's own.",
      "Til opplysning. Det andre regelsettets konklusjon står som den er, og besvares ved siden av dette settets egne."
    )
  }
  func change(_ kind: Change.Kind, _ rule: String, _ cite: String) -> String {
    switch kind {
    case .replaces: pick("\(cite) replaces \(rule)", "\(cite) trer i stedet for \(rule)")
    case .narrows: pick("\(cite) is narrower than \(rule)", "\(cite) er snevrere enn \(rule)")
    case .adds: pick("\(cite) adds to \(rule)", "\(cite) kommer i tillegg til \(rule)")
    }
  }

  var notModelledHelp: String {
    pick(
      "What the law says and the pack leaves to people, with the conclusions it could touch; adopted law whose first day "
        + "is not confirmed among it. Every decision on these conclusions shows it.",
      "Det loven sier og regelsettet overlater til mennesker, med konklusjonene det kan berøre; også vedtatt rett uten "
        + "bekreftet ikrafttredelse. Det vises i hver gjennomgang som gjelder disse konklusjonene.")
  }

  var judgedTitle: String {
    pick("Assessments that the file must bring", "Vurderinger som filen må inneholde")
  }
  var judgedHelp: String {
    pick(
      "These answers apply the law rather than record an event. The program never makes them; a decision that rests on "
        + "one says who made it.",
      "Disse svarene er rettsanvendelse og ikke rene opplysninger. Programmet gir dem aldri selv; en gjennomgang som "
        + "bygger på et av dem, sier hvem som har gitt det.")
  }

  var factsTitle: String { pick("Questions that a case file answers", "Spørsmål som en saksfil svarer på") }
  var factsHelp: String {
    pick(
      "Under the name to write in the file; how to write an answer is in docs/cases.md. Any of them may be unknown.",
      "Under navnet som skrives i filen; hvordan svar skrives, står i docs/cases.md. Alle kan være ukjente.")
  }
  var factsHead: [String] {
    [pick("name", "navn"), pick("question", "spørsmål"), pick("answers", "svar")]
  }
  var aDay: String { pick("a day, also half known", "en dag, også delvis kjent") }
  var exactlyOneOf: String { pick("one of", "én av") }
  var anyNumberOf: String { pick("any of", "ingen, én eller flere av") }

  var clausesTitle: String { pick("Clauses", "Bestemmelser") }
  var clausesHelp: String {
    pick(
      "“Until” is the first day no longer in force. What a clause says is in the keeper's own words; only the source is "
        + "authentic.",
      "«Til» er den første dagen bestemmelsen ikke lenger er i kraft. Hva den sier, står med forvalterens egne ord; bare "
        + "kilden er autentisk.")
  }
  var clausesHead: [String] {
    [
      pick("clause", "bestemmelse"), pick("official identifier", "offisiell identifikator"),
      pick("in force", "i kraft"), pick("confidence", "sikkerhet"), pick("what it says", "hva den sier"),
    ]
  }

  /// What else hangs on a clause.
  var hangsDay: String { pick("which day's law governs", "hvilken dags lov som gjelder") }
  var hangsPresumption: String { pick("a presumption", "noe som legges til grunn inntil avklart") }
  var hangsCaution: String { pick("a caution", "en advarsel") }
  var hangsIrrelevance: String { pick("a fact that never matters", "en opplysning uten betydning") }
  var hangsChange: String { pick("a change in another pack", "en endring i et annet regelsett") }
  var hangsNotModelled: String {
    pick("not encoded, but shown to people", "ikke med, men vises for mennesker")
  }
  var hangsComparison: String { pick("a comparison", "en sammenligning") }

  var reviewTitle: String { pick("For review", "Til gjennomgang") }
  var reviewHelp: String {
    pick(
      "What somebody who knows the law should look at first: the right-hand column of the first table says before which "
        + "bodies it matters.",
      "Det en som kan retten, bør se på først: høyre kolonne i den første tabellen viser hvem som avgjør spørsmålene."
    )
  }
  var reviewClauses: String {
    pick(
      "Clauses whose text, dates or meaning the keeper is not sure of:",
      "Bestemmelser der forvalteren er usikker på tekst, datoer eller innhold:")
  }
  var reviewClausesHead: [String] {
    [
      pick("clause", "bestemmelse"), pick("confidence", "sikkerhet"),
      pick("what hangs on it", "hva som bygger på den"),
      pick("a matter for", "sak for"),
    ]
  }
  var reviewReadings: String {
    pick(
      "Questions of interpretation, the default in bold (more under Readings):",
      "Tolkningsspørsmål, standardtolkningen i fet skrift (mer under Tolkninger):")
  }
  var reviewReadingsHead: [String] {
    [pick("question", "spørsmål"), pick("readings", "tolkninger")]
  }
}

extension String {
  fileprivate var lowercasedFirst: String { prefix(1).lowercased() + dropFirst() }
}
