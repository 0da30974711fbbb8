// SPDX-License-Identifier: Apache-2.0

/// What people did with a decision.
extension Wording {
  var waitsForReview: String { pick("waits for review", "venter på gjennomgang") }
  func reviewed(by who: String) -> String { pick("reviewed by \(who)", "gjennomgått av \(who)") }
  var used: String { pick("used", "brukt") }
  func setAside(_ conclusions: String) -> String {
    pick("set aside: \(conclusions)", "satt til side: \(conclusions)")
  }
  func setAside(_ conclusion: String, instead answer: String) -> String {
    pick("\(conclusion) set aside; instead: \(answer)", "\(conclusion) satt til side; i stedet: \(answer)")
  }
  func because(_ reason: String) -> String { pick("Because: \(reason)", "Begrunnelse: \(reason)") }
  func sent(to body: String) -> String { pick("sent to: \(body)", "sendt til: \(body)") }
  var journal: String { pick("journal", "journalpost") }
}
