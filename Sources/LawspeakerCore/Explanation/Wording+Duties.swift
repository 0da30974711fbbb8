// SPDX-License-Identifier: Apache-2.0

/// What is to be done, and how soon.
extension Wording {
  var danger: String { pick("Danger now", "Fare nå") }
  var dangerHelp: [String] {
    [
      pick(
        "The file says that the person is in danger now. Safety comes first, whatever the rules say:",
        "Filen sier at personen er i fare nå. Sikkerheten kommer først, uansett hva reglene sier:"),
      "",
      pick(
        "- Call the emergency services (112), and make sure that the person is safe, or is with someone safe.",
        "- Ring nødetatene (112), og sørg for at personen er trygg eller er sammen med noen som er trygge."),
      pick(
        "- Do not wait for anything below to be cleared up first.",
        "- Ikke vent på at noe av det som står nedenfor, skal bli avklart."),
      pick(
        "- Do not warn or confront anyone who may be behind it.",
        "- Ikke varsle eller konfronter noen som kan stå bak."),
    ]
  }
  func dangerNow(_ isInDanger: Bool?) -> String {
    let answer =
      isInDanger.map { $0 ? yes : no } ?? pick("the file does not say", "filen sier ikke noe om det")
    return pick("In danger now: \(answer)", "I fare nå: \(answer)")
  }
  func recordedBy(_ role: String) -> String {
    pick("Recorded by: \(self.role(role))", "Registrert av: \(self.role(role))")
  }
  func heardOn(_ day: String) -> String {
    pick("The person was heard on \(day)", "Personen ble hørt \(day)")
  }

  var duties: String { pick("Duties and deadlines", "Plikter og frister") }
  var possibilities: String { pick("Possibilities to consider", "Muligheter som kan vurderes") }
  func by(_ body: String) -> String { pick("by: \(body)", "av: \(body)") }
  func promptly(_ promptness: Duty.Promptness) -> String {
    switch promptness {
    case .atOnce: pick("at once", "straks")
    case .withoutDelay: pick("without delay", "uten ugrunnet opphold")
    }
  }
  func due(_ day: String) -> String { pick("by \(day) at the latest", "frist \(day)") }
  var passed: String {
    pick(
      "that day has passed on the day of assessment", "den dagen er passert på vurderingsdatoen")
  }
  func limit(_ count: Int, _ unit: Duty.Limit.Unit, from start: String) -> String {
    pick("\(count) \(name(of: unit, count)) from \(start)", "\(count) \(name(of: unit, count)) fra \(start)")
  }
  func ofAssessment(_ day: String) -> String {
    pick("the day of assessment (\(day))", "vurderingsdatoen (\(day))")
  }
  var dayNotKnown: String { pick("day not known", "dagen er ikke kjent") }
  private func name(of unit: Duty.Limit.Unit, _ count: Int) -> String {
    let one = count == 1
    switch unit {
    case .hours: return one ? pick("hour", "time") : pick("hours", "timer")
    case .days: return one ? pick("day", "dag") : pick("days", "dager")
    case .weeks: return one ? pick("week", "uke") : pick("weeks", "uker")
    case .months: return one ? pick("month", "måned") : pick("months", "måneder")
    }
  }
  func follows(from title: String, _ basis: DutyEntry.Basis) -> String {
    switch basis {
    case .holds: pick("follows from “\(title)”", "følger av «\(title)»")
    case .presumed:
      pick(
        "follows from “\(title)”, presumed until cleared up",
        "følger av «\(title)», lagt til grunn inntil avklart")
    case .possible:
      pick(
        "possible only: follows from “\(title)”, which is open",
        "bare mulig: følger av «\(title)», som er uavklart")
    }
  }
  func serves(_ kind: Duty.Kind) -> String {
    switch kind {
    case .prevention: pick("serves prevention", "formål: forebygging")
    case .prosecution: pick("serves prosecution", "formål: straffeforfølging")
    case .protection: pick("serves protection", "formål: beskyttelse")
    }
  }
  var ofState: String { pick("Addressed to the State", "Rettet til staten") }
  func capitalised(_ words: String) -> String { words.prefix(1).uppercased() + words.dropFirst() }
  func binds(_ bodies: String) -> String { pick("binds: \(bodies)", "binder: \(bodies)") }
  func bindsRecorder(_ role: String, _ isBound: Bool) -> String {
    isBound
      ? pick("it binds \(role), who recorded this", "den binder \(role), som har registrert saken")
      : pick(
        "it does not bind \(role), who recorded this", "den binder ikke \(role), som har registrert saken")
  }
}
