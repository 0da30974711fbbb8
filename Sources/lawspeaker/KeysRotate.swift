// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import Foundation
import Ledger
import LawspeakerCore
import LawspeakerDaemon
import Spool
import TransparencyLog

extension Keys {
  struct Show: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Prints the public key with which proofs and heads are checked.",
      discussion: """
        Example: lawspeaker keys show

        It comes from the folder of keys, or where this user may not read that from the ledger. With --all every key
        that ever signed, oldest first, one a line, as `audit check --key FILE` takes them.
        """)

    @Flag(help: "Every key that ever signed, from the ledger.")
    var all = false

    @Flag(help: "Print JSON.")
    var json = false

    @OptionGroup var settings: Settings

    func run() throws {
      let keys = try all ? recorded() : [current()]
      if json {
        Terminal.say(.array(keys.map { .string($0) }))
      } else {
        for key in keys { Terminal.say(key) }
      }
    }

    private func current() throws -> String {
      do { return try KeyFolder(settings.configuration().keyFolder).signing().verifier.text } catch let fault
      {
        if let last = try? recorded().last { return last }
        throw Failure.input("\(fault)")
      }
    }

    private func recorded() throws -> [String] { try settings.ledger().keyTexts() }
  }

  struct Rotate: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Puts a new key into the place of the one that signs, or with --root of the one that seals.",
      discussion: """
        Example: lawspeaker keys rotate

        No daemon may run meanwhile; run it as the user whose the keys are. A new signing key is printed; give it to
        auditors beside the old one, which vouches for it: the head over the change is signed by both. With --root the
        keys of what is recorded are sealed anew; backups made before open under the old root key alone, so keep that
        with them. Copy the folder of keys after.
        """)

    @Flag(help: "The key that seals content, not the one that signs.")
    var root = false

    @Flag(help: "Print JSON.")
    var json = false

    @OptionGroup var settings: Settings

    func run() throws {
      let configuration = try settings.configuration()
      let keys = KeyFolder(configuration.keyFolder)
      let (desk, lock) = try Desk.alone(configuration, now: { Date() })
      defer { lock.release() }
      do {
        if root {
          try desk.ledger.close()
          try keys.rotateRoot(ofLedger: configuration.ledgerPath)
          Terminal.say(json ? "{\"rotated\":\"root\"}" : "the root key is a new one; copy \(keys.folder) now")
          return
        }
        let key = try keys.rotateSigning(configuration, ledger: desk.ledger, at: LocalDay.timestamp(Date()))
        try desk.ledger.close()
        Terminal.say(
          json
            ? JSON.object(["key": .string(key.text), "rotated": .string("signing")]).canonicalText : key.text)
      } catch let fault as KeyFault {
        throw Failure.input(fault.description)
      } catch let fault as LedgerFault {
        throw Failure.ours("\(configuration.ledgerPath): error: \(fault) [ledger]")
      } catch let fault as HeadNotCopied {
        throw Failure.later("error: the key is a new one, and \(fault) [head-not-copied]")
      }
    }
  }
}
