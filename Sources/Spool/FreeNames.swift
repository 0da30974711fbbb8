// SPDX-License-Identifier: Apache-2.0

/// The names an object may get in a folder where nothing is overwritten: `a.yaml`, `a.yaml.2`, `a.yaml.3` and so on.
struct FreeNames: Hashable, Sendable {
  private static let hidingPrefix = ".leaving-"

  private var stem: SpoolName
  private var ending = ""
  /// Whether the first name carries its number too, as `object-1` does.
  private var numbersTheFirst = false
  /// What is written beside the object, as `.diagnostics`: both names must be free.
  private var companion: String?

  /// Names in the form `<stem><ending>`, `<stem>.2<ending>`.
  init(_ stem: String, ending: String) {
    self.stem = SpoolName(stem)
    self.ending = ending
  }

  /// Names beside one that may be taken, in the same form; the first is the name itself.
  init(beside name: SpoolName) {
    stem = name
  }

  /// Names for an object that is set aside with a companion; one whose name is not plain becomes `object-<n>`.
  init(settingAside name: SpoolName, companion: String) {
    stem = name.isPlain ? name : "object-"
    numbersTheFirst = !name.isPlain
    self.companion = companion
  }

  /// The hidden name of an object that is being removed, from which ``original(of:)`` tells its name.
  static func hidden(_ name: SpoolName) -> SpoolName {
    SpoolName(bytes: Array(hidingPrefix.utf8) + name.bytes)
  }

  /// The name an object had before it was hidden; `nil` for a name that hides none.
  static func original(of name: SpoolName) -> SpoolName? {
    guard name.bytes.starts(with: hidingPrefix.utf8) else { return nil }
    return SpoolName(bytes: Array(name.bytes.dropFirst(hidingPrefix.utf8.count)))
  }

  /// The name with a number from 1.
  func name(_ number: Int) -> SpoolName {
    let middle = numbersTheFirst ? "\(number)" : number == 1 ? "" : ".\(number)"
    return SpoolName(bytes: stem.bytes + Array((middle + ending).utf8))
  }

  /// The companion's name beside an object.
  func companion(of name: SpoolName) -> SpoolName {
    SpoolName(bytes: name.bytes + Array((companion ?? "").utf8))
  }

  /// Returns a name that is free in a folder.
  ///
  /// Numbers are tried by doubling and then by halving, so that the ten-thousandth bad file of one name costs thirty
  /// looks and not ten thousand.
  func first(in folder: Folder) throws(SpoolFault) -> SpoolName {
    var taken = 0
    var free = 1
    while try !isFree(free, in: folder) {
      taken = free
      free *= 2
    }
    while free - taken > 1 {
      let middle = taken + (free - taken) / 2
      if try isFree(middle, in: folder) { free = middle } else { taken = middle }
    }
    return name(free)
  }

  private func isFree(_ number: Int, in folder: Folder) throws(SpoolFault) -> Bool {
    let name = name(number)
    if try folder.status(of: name) != nil { return false }
    guard companion != nil else { return true }
    return try folder.status(of: companion(of: name)) == nil
  }
}
