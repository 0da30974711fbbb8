// SPDX-License-Identifier: Apache-2.0

/// What is said to the person concerned, who may be a child: short, and about what is written down, never about who
/// somebody is.
extension Wording {
  func heldUnder(_ reference: String) -> String {
    pick("What is recorded under \(reference)", "Det som er registrert under \(reference)")
  }
  var forThePerson: String {
    pick(
      "This letter is to the person concerned. It says what is recorded here, what it was used for, and how it can be "
        + "corrected. If the person concerned is a child, an adult whom the child trusts should go through it together "
        + "with the child.",
      "Dette brevet er til personen saken gjelder. Det forteller hva som er registrert her, hva det er brukt til, og "
        + "hvordan det kan rettes. Er personen saken gjelder et barn, bør en voksen som barnet er trygg på, gå gjennom "
        + "brevet sammen med barnet.")
  }
  var whoGaveYouThis: String { pick("whoever gave you this letter", "den som ga deg dette brevet") }

  var whatIsHeld: String { pick("What is recorded", "Det som er registrert") }
  func underReference(_ reference: String) -> String {
    pick(
      "The case is kept under the reference \(reference), not under a name",
      "Saken er registrert under referansen \(reference), ikke under et navn")
  }
  func youWereHeard(_ day: String) -> String { pick("You were heard on \(day)", "Du ble hørt \(day)") }
  func kept(_ version: Int, on day: String, isReplaced: Bool, withdrawn: String?) -> String {
    let since = [
      isReplaced ? pick("replaced by a newer one", "erstattet av en nyere") : nil,
      withdrawn.map { pick("withdrawn on \($0)", "trukket tilbake \($0)") },
    ]
    let recorded = pick("Version \(version): recorded on \(day)", "Versjon \(version): registrert \(day)")
    return ([recorded] + since.compactMap { $0 }).joined(separator: ", ")
  }
  func read(_ times: Int) -> String {
    pick(
      times == 1
        ? "The case was read once through this program"
        : "The case was read \(times) times through this program",
      times == 1
        ? "Saken er lest én gang gjennom dette programmet"
        : "Saken er lest \(times) ganger gjennom dette programmet")
  }

  var whatWasUsed: String { pick("Information that was used", "Opplysninger som er brukt") }
  var you: String { pick("you", "deg") }
  func from(_ who: String) -> String { pick("from \(who)", "fra \(who)") }
  func everyDay(_ from: String, _ until: String) -> String {
    from == until ? from : pick("every day from \(from) to \(until)", "hver dag fra \(from) til \(until)")
  }
  /// Where no value was given.
  func noValue(_ manner: Case.Manner) -> String {
    switch manner {
    case .refused: pick("not answered, by choice", "ikke besvart, etter eget ønske")
    case .notProved: pick("not documented", "ikke dokumentert")
    case .stated, .denied, .unknown: pick("not known", "ikke kjent")
    }
  }
  func mayNotBeAll(_ body: String, isNorway: Bool) -> String {
    let norway = isNorway ? "; personopplysningsloven § 16" : ""
    return pick(
      "This may not be all. What others have told or written, and what could put somebody in danger, is not in this "
        + "letter (GDPR Art. 15(4) and 23\(norway)). You can ask whether there is more, and will be told as much as is "
        + "safe. Ask \(body).",
      "Dette er kanskje ikke alt. Det andre har fortalt eller skrevet, og det som kan sette noen i fare, står ikke i "
        + "brevet (personvernforordningen art. 15 nr. 4 og art. 23\(norway)). Du kan spørre om det finnes mer, og får vite "
        + "så mye som er trygt. Spør \(body).")
  }

  var whatWasDone: String { pick("What was done with it", "Det som er gjort med opplysningene") }
  var machineReading: String {
    pick(
      "A computer program held this information against rules of law. That is a machine's reading of rules and no formal "
        + "decision. It decides nothing about you, and does not say who you are or what you have done. People decide, "
        + "after looking at the case themselves.",
      "Et dataprogram har holdt opplysningene opp mot rettsregler. Det er en maskinell regelgjennomgang og ikke et vedtak. "
        + "Den avgjør ingenting om deg, og sier ikke hvem du er eller hva du har gjort. Det er mennesker som avgjør, etter "
        + "at de selv har sett på saken.")
  }
  var lookedAt: String {
    pick(
      "It looked at whether the conditions of these rules are met, under the provisions named:",
      "Den så på om vilkårene i disse reglene er oppfylt, etter bestemmelsene som er nevnt:")
  }
  var rulesAreFrom: String { pick("The rules are from:", "Reglene er hentet fra:") }
  func askForOutcome(_ body: String) -> String {
    pick(
      "What came of it is best gone through in a conversation, with somebody who can explain it. Ask \(body).",
      "Det gjennomgangen viste, snakker du best om med noen som kan forklare det. Spør \(body).")
  }

  var whoLooked: String { pick("Who has gone through it", "Hvem som har gått gjennom det") }
  func gone(through version: Int, by who: String, on day: String) -> String {
    pick(
      "Version \(version) was gone through by \(who) on \(day)",
      "Versjon \(version) er gjennomgått av \(who) \(day)")
  }
  var nobodyLooked: String {
    pick(
      "Nobody has noted yet that they have gone through it. Until then it is only a proposal.",
      "Ingen har foreløpig notert at de har gått gjennom det. Til det skjer, er det bare et forslag.")
  }

  var wrongOrMissing: String { pick("If something is wrong or missing", "Hvis noe er feil eller mangler") }
  func howToCorrect(_ body: String) -> String {
    pick(
      "Say so in the way and in the language that suit you. Ask \(body). A new file is then written under the same "
        + "reference, with what is right or was missing, and gone through anew. The old one stays as replaced, so that it "
        + "can be seen what was corrected.",
      "Si fra på den måten og på det språket som passer for deg. Spør \(body). Da skrives det en ny fil under samme "
        + "referanse, med det som er riktig eller manglet, og reglene gås gjennom på nytt. Den gamle blir stående som "
        + "erstattet, slik at det går an å se hva som er rettet.")
  }

  var yourRights: String { pick("Your rights", "Rettighetene dine") }
  func rights(isNorway: Bool) -> [String] {
    let authority =
      isNorway
      ? pick(
        "In Norway: Datatilsynet, Postboks 458 Sentrum, 0105 Oslo, www.datatilsynet.no",
        "I Norge: Datatilsynet, Postboks 458 Sentrum, 0105 Oslo, www.datatilsynet.no")
      : pick(
        "That is the data protection authority of the country where you live or work, or where you think that the rules "
          + "were broken",
        "Det er personvernmyndigheten i landet der du bor eller arbeider, eller der du mener at reglene er brutt"
      )
    return [
      pick(
        "To see what is recorded about you, and to have a copy (GDPR Art. 15)",
        "Å få se det som er registrert om deg, og få en kopi (personvernforordningen art. 15)"),
      pick(
        "To have corrected what is wrong, and added what is missing (GDPR Art. 16)",
        "Å få rettet det som er feil, og lagt til det som mangler (personvernforordningen art. 16)"),
      pick(
        "To complain to a supervisory authority, which costs nothing (GDPR Art. 77). \(authority)",
        "Å klage til tilsynsmyndigheten, som er gratis (personvernforordningen art. 77). \(authority)"),
    ]
  }

  /// To the caseworker, where nobody has said that writing is safe.
  func notYetAssessed(_ reference: String) -> [String] {
    [
      "# " + pick("\(reference): not to be shared yet", "\(reference): kan ikke deles ennå"),
      "",
      pick(
        "For the caseworker. This is not the letter to the person concerned, and there is nothing of the case in it.",
        "Til saksbehandleren. Dette er ikke brevet til personen saken gjelder, og det står ingenting fra saken i det."
      ),
      "",
      pick(
        "The case file does not say `safe_to_share: yes`. Before anything is written to the person concerned, somebody has "
          + "to assess whether it can reach that person without putting anyone in danger.",
        "Saksfilen sier ikke `safe_to_share: yes`. Før noe skrives til personen saken gjelder, må noen vurdere om det kan "
          + "nå fram uten at noen settes i fare."),
      "",
      pick(
        "- **Who:** whoever is responsible for the case at the body that recorded it, together with those who look after "
          + "the person's safety. For a child, together with municipal child welfare. Never somebody who may be behind what "
          + "the case is about.",
        "- **Hvem:** den som har ansvar for saken der den er registrert, sammen med dem som ivaretar sikkerheten til "
          + "personen. For et barn: sammen med barnevernstjenesten. Aldri noen som kan stå bak det saken gjelder."
      ),
      pick(
        "- **What:** who else can open the person's post, telephone or accounts; what would happen if they read it; who "
          + "receives letters for a child; whether a conversation is safer than a letter.",
        "- **Hva:** hvem andre som kan åpne posten, telefonen eller kontoene til personen; hva som vil skje hvis de leser "
          + "det; hvem som tar imot brev for et barn; om en samtale er tryggere enn et brev."),
      pick(
        "- **How:** if it is safe, hand in the file again under the same reference, with `safe_to_share: yes` in its `frame`. "
          + "A single value that must stay out is marked `safe_to_share: no`; what others have said stays out unless it is "
          + "marked `safe_to_share: yes` itself.",
        "- **Hvordan:** er det trygt, leveres filen på nytt under samme referanse, med `safe_to_share: yes` i `frame`. En "
          + "enkelt opplysning som skal holdes utenfor, merkes `safe_to_share: no`; det andre har sagt, holdes utenfor hvis "
          + "det ikke selv er merket `safe_to_share: yes`."),
      pick(
        "- **By when:** a request is answered within one month (GDPR Art. 12(3)). If access is refused, the person is told "
          + "why, and where to complain, as far as that is safe (Art. 12(4) and 23).",
        "- **Når:** en forespørsel besvares innen én måned (personvernforordningen art. 12 nr. 3). Gis det ikke innsyn, skal "
          + "personen få vite hvorfor, og hvor det kan klages, så langt det er trygt (art. 12 nr. 4 og art. 23)."
      ),
    ]
  }
}
