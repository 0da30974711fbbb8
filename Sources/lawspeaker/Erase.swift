// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import LawspeakerDaemon

struct Erase: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Erases all content of a case, so that nothing of it can be read again.",
    discussion: """
      Example: lawspeaker erase K-2024-0117 --because "asked by the person concerned, journal 24/117-9"

      All versions go, with their files in decisions/ and done/, and every older copy of the key. The reference, the
      numbers of versions, who handed it in, and who read and erased it remain, and the ledger still verifies. Files
      that wait in incoming/ are not touched. It cannot be undone. Take a backup after it: one from before that has its
      own copy of the keyring can still be read with the root key.
      """)

  @Argument(help: "The case's reference.")
  var reference: String

  @Option(help: "Why it is erased; kept in the record of it, so no names.")
  var because: String

  @Flag(help: "Print JSON.")
  var json = false

  @OptionGroup var settings: Settings

  func run() throws { try settings.ask(EraseCase(reference: reference, because: because, json: json)) }
}
