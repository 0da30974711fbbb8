// SPDX-License-Identifier: Apache-2.0

package import LawspeakerCore

/// The files of a small pack that passes everything, with comments that teach: about an invented act on parking.
///
/// - Parameters:
///   - id: The pack's name, which ``isPackName(_:)`` accepts.
///   - jurisdiction: `UN` or three letters.
///   - day: The day on which a person last looked at the source.
/// - Returns: The files, by path within the pack's folder, the change log among them.
package func newPack(_ id: String, jurisdiction: String, checkedOn day: CivilDate) -> [PackSource.File] {
  let files = [
    ("pack.yaml", NewPackText.pack(id, jurisdiction, day)), ("rules.yaml", NewPackText.rules),
    ("text/en.yaml", NewPackText.english), ("text/nb.yaml", NewPackText.norwegian),
    ("tests/\(id).yaml", NewPackText.tests(jurisdiction)), ("CHANGELOG.md", NewPackText.changes(id)),
  ]
  return files.map { PackSource.File(path: $0.0, bytes: Array($0.1.utf8)) }
}

/// True for a name that a pack may have.
package func isPackName(_ text: String) -> Bool {
  let letters = Array(text.utf8)
  let isPlain = letters.allSatisfy {
    isSmallLetter($0) || isDigit($0) || $0 == UInt8(ascii: "_") || $0 == UInt8(ascii: "-")
  }
  return isPlain && letters.count <= 64 && letters.first.map(isSmallLetter) == true
}

/// True for `UN` or three capital letters.
package func isJurisdiction(_ text: String) -> Bool {
  text == "UN"
    || text.utf8.count == 3 && text.utf8.allSatisfy { (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains($0) }
}

private func isSmallLetter(_ byte: UInt8) -> Bool { (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte) }
private func isDigit(_ byte: UInt8) -> Bool { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) }

/// What stands in the files.
private enum NewPackText {
  static func pack(_ id: String, _ jurisdiction: String, _ day: CivilDate) -> String {
    """
    # What the pack encodes, the questions it asks, and the clauses it stands on. Rules are in rules.yaml; every other
    # section may have a file of its own as well. Editors complete and check these files with
    # `lawspeaker packs schema > pack.schema.json` and this line at the top:
    #   yaml-language-server: $schema=pack.schema.json
    lawspeaker: 1
    pack: {id: \(id), version: 0.1.0, jurisdiction: \(jurisdiction)}
    source: {cite: "Parking Act (invented)", texts: [en, nb], checked: \(day)}

    # A fact is a question about a case. Its words are in text/.
    facts:
      act_date: {type: date}                 # the day whose law applies
      parked: {type: yes_no}
      place: {type: one_of, values: [street, pavement, crossing]}
      minutes: {type: quantity, unit: minutes, range: [0, 100000]}
      loading: {type: yes_no, judged: yes}   # judged: applies the law rather than records an event
      colour: {type: yes_no}                 # recorded, and proved never to matter

    # `until` is the first day no longer in force; a clause that is amended becomes two clauses that share that day.
    clauses:
      s1: {path: [section 1], cite: {en: "section 1", nb: "§ 1"}, in_force: {from: 2000-01-01}}
      s2: {path: [section 2], cite: {en: "section 2", nb: "§ 2"}, in_force: {from: 2000-01-01}}
      s3: {path: [section 3], cite: {en: "section 3", nb: "§ 3"}, in_force: {from: 2010-07-01}}

    """
  }

  static let rules = """
    # A rule with `about` is a conclusion of its own; one without is a notion that others stand on. Follow the law's order,
    # and give each notion of the law a rule of its own: its name then appears in the reasons.
    rules:
      blocking:
        grounds:
          - {clause: s1, holds_if: {place: {one_of: [pavement, crossing]}}}

      # Each ground alone is enough. An exception defeats the ground it stands under, here from the day section 3 is in force.
      unlawful_parking:
        about: conduct
        grounds:
          - clause: s1
            holds_if: {all: [parked, blocking]}
            unless:
              - {clause: s3, holds_if: loading}
          - {clause: s2, holds_if: {all: [parked, {minutes: {above: 120 minutes}}]}}

    # A theorem: it is proved when the pack is loaded, and the pack is refused if it is false.
    irrelevant:
      - {fact: colour, to: unlawful_parking, clause: s1}

    """

  static let english = """
    facts:
      act_date: {question: "When did it happen?"}
      parked: {question: "Was the car parked?", help: "Waiting with the engine running is not parking."}
      place:
        question: Where did the car stand?
        values: {street: In the street, pavement: On the pavement, crossing: On a crossing}
      minutes: {question: "For how many minutes did it stand there?"}
      loading: {question: "Was it being loaded or unloaded?"}
      colour: {question: "Is the car red?"}
    rules:
      blocking: The car stood in the way
      unlawful_parking: Unlawful parking
    clauses:
      s1: Whoever parks on the pavement or on a crossing parks unlawfully.
      s2: Whoever parks for more than two hours parks unlawfully.
      s3: Loading is allowed on the pavement and on a crossing.

    """

  static let norwegian = """
    facts:
      act_date: {question: "Når skjedde det?"}
      parked: {question: "Var bilen parkert?", help: "Å vente med motoren i gang er ikke parkering."}
      place:
        question: Hvor sto bilen?
        values: {street: I gata, pavement: På fortauet, crossing: I et gangfelt}
      minutes: {question: "Hvor mange minutter sto den der?"}
      loading: {question: "Ble den lastet eller losset?"}
      colour: {question: "Er bilen rød?"}
    rules:
      blocking: Bilen sto i veien
      unlawful_parking: Ulovlig parkering
    clauses:
      s1: Den som parkerer på fortau eller i gangfelt, parkerer ulovlig.
      s2: Den som parkerer i mer enn to timer, parkerer ulovlig.
      s3: Lasting og lossing er tillatt på fortau og i gangfelt.

    """

  static func tests(_ jurisdiction: String) -> String {
    let head = """
      # One case a document, with what is expected of it. Write one for each side of each condition, one for what is open,
      # and one for the days before and after a change; `lawspeaker packs test` runs them.

      """
    return head
      + cases.enumerated().map { $1.document(number: $0 + 1, jurisdiction) }.joined(separator: "---\n")
  }

  /// A case of the tests.
  private struct TestCase {
    var name: String
    var day = "2024-05-01"
    var facts: String
    var expected: String

    func document(number: Int, _ jurisdiction: String) -> String {
      """
      lawspeaker: 1
      test: \(name)
      case: T-\(number)
      jurisdiction: \(jurisdiction == "UN" ? "XAA" : jurisdiction)
      assessed_on: 2024-06-01
      facts: {act_date: \(day), \(facts)}
      expect: {\(expected)}

      """
    }
  }

  private static let cases: [TestCase] = [
    .init(
      name: "On the pavement it is unlawful",
      facts: "parked: yes, place: pavement, minutes: 30 minutes, loading: no",
      expected: "blocking: holds, unlawful_parking: holds"),
    .init(
      name: "On a crossing it is unlawful",
      facts: "parked: yes, place: crossing, minutes: 30 minutes, loading: no",
      expected: "blocking: holds, unlawful_parking: holds"),
    .init(
      name: "In the street it is lawful",
      facts: "parked: yes, place: street, minutes: 30 minutes, loading: no",
      expected: "blocking: fails, unlawful_parking: fails"),
    .init(
      name: "Two hours to the minute are lawful",
      facts: "parked: yes, place: street, minutes: 120 minutes, loading: no",
      expected: "unlawful_parking: fails"),
    .init(
      name: "A minute more is unlawful",
      facts: "parked: yes, place: street, minutes: 121 minutes, loading: no",
      expected: "unlawful_parking: holds"),
    .init(
      name: "Waiting for hours is no parking",
      facts: "parked: no, place: street, minutes: 121 minutes, loading: no",
      expected: "unlawful_parking: fails"),
    .init(
      name: "Waiting on the pavement is no parking",
      facts: "parked: no, place: pavement, minutes: 30 minutes, loading: no",
      expected: "unlawful_parking: fails"),
    .init(
      name: "Loading is an exception",
      facts: "parked: yes, place: pavement, minutes: 30 minutes, loading: yes",
      expected: "blocking: holds, unlawful_parking: fails"),
    .init(
      name: "Loading for hours is unlawful all the same",
      facts: "parked: yes, place: pavement, minutes: 121 minutes, loading: yes",
      expected: "unlawful_parking: holds"),
    .init(
      name: "While nobody knows whether it was loaded the answer is open",
      facts: "parked: yes, place: pavement, minutes: 30 minutes",
      expected: "unlawful_parking: undetermined"),
    .init(
      name: "On the day before section 3 there is no exception", day: "2010-06-30",
      facts: "parked: yes, place: pavement, minutes: 30 minutes, loading: yes",
      expected: "unlawful_parking: holds"),
    .init(
      name: "On its first day there is one", day: "2010-07-01",
      facts: "parked: yes, place: pavement, minutes: 30 minutes, loading: yes",
      expected: "unlawful_parking: fails"),
  ]

  static func changes(_ id: String) -> String {
    """
    # Changes to \(id)

    A line for each version, newest first: what changed in the law or in how it is read, and why. This file is no part of
    the pack's digest.

    ## 0.1.0

    - The first version.

    """
  }
}
