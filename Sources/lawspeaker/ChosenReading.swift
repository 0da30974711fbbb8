// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import LawspeakerCore
import LawspeakerDaemon

/// `NAME` or `NAME=VARIANT`.
struct ChosenReading: ExpressibleByArgument {
  let name: String
  let variant: String?

  init?(argument: String) {
    let parts = argument.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false).map(
      String.init)
    guard parts.allSatisfy({ !$0.isEmpty }) else { return nil }
    name = parts[0]
    variant = parts.count == 2 ? parts[1] : nil
  }
}

extension Generation {
  /// The variants that someone asks for, by the numbers of their readings.
  ///
  /// - Throws: ``Failure`` if there is no such reading or variant, or more than one could be meant.
  func variants(chosen: [ChosenReading]) throws -> [Int: Int] {
    var variants: [Int: Int] = [:]
    for choice in chosen {
      let number = try reading(named: choice.name)
      let variant = try variant(choice, of: readings[number])
      guard variants.updateValue(variant, forKey: number) == nil else {
        throw Failure.input(
          "\(choice.name): error: two variants of one reading are asked for [reading-twice]")
      }
    }
    return variants
  }

  /// A reading by its whole name, or by the last part of it where no other pack has one of that name.
  private func reading(named name: String) throws -> Int {
    let exact = readings.indices.filter { readings[$0].id == name }
    let found = exact.isEmpty ? readings.indices.filter { readings[$0].declaration.name == name } : exact
    if found.count == 1 { return found[0] }
    let known = (found.isEmpty ? Array(readings.indices) : found).map { readings[$0].id }
    throw Failure.input(
      "\(name): error: \(found.isEmpty ? "there is no such reading" : "several packs have such a reading")"
        + " [unknown-reading]\n    hint: known: \(known.isEmpty ? "none" : known.joined(separator: ", "))")
  }

  private func variant(_ choice: ChosenReading, of reading: LinkedReading) throws -> Int {
    let names = reading.declaration.variants.map(\.name)
    let others = names.indices.filter { $0 != reading.standing }
    if choice.variant == nil, others.count == 1 { return others[0] }
    if let name = choice.variant, let found = names.firstIndex(of: name) { return found }
    throw Failure.input(
      "\(choice.name): error: \(choice.variant.map { "there is no variant `\($0)`" } ?? "no variant is named")"
        + " [unknown-variant]\n    hint: known: \(names.joined(separator: ", "))")
  }
}
