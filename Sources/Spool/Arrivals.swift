// SPDX-License-Identifier: Apache-2.0

/// The names in `incoming/` of which inotify said that they are whole: moved in, or closed after writing.
///
/// A hint that saves waiting: the folder is the truth, and a file of which nothing was heard is ready once it was
/// left unchanged for a while.
package struct Arrivals: Hashable, Sendable {
  /// The names still to be read.
  package private(set) var names: Set<SpoolName>

  package init(_ names: Set<SpoolName> = []) { self.names = names }

  /// Adds what a watch reported.
  package mutating func note(_ reading: Watch.Reading) { names.formUnion(reading.names) }

  /// Adds a name whose object is whole and was put off.
  package mutating func note(_ name: SpoolName) { names.insert(name) }

  /// Forgets a name, once its object was taken or was found still changing: the next one of that name is another.
  package mutating func forget(_ name: SpoolName) { names.remove(name) }

  mutating func keep(only present: Set<SpoolName>) { names.formIntersection(present) }
}

/// An object in `incoming/` that is ready to be read.
package struct WaitingObject: Hashable, Sendable {
  package var name: SpoolName
  package var modified: FileTime
}

extension SpoolFolder {
  /// Returns what waits in `incoming/`, by time of modification, then by name.
  ///
  /// Ready is what inotify named as whole, and what was not modified within `quiet` of now. A time of modification in
  /// the future counts as quiet too, as a file copied with its times from a fast clock would else wait for years.
  /// - Parameters:
  ///   - now: The time by the clock of the file system.
  ///   - quiet: How long an object must have been left alone; zero takes everything.
  ///   - arrivals: What inotify named; names that are no longer in the folder are dropped.
  /// - Returns: The objects, those that vanish meanwhile left out.
  /// - Throws: ``SpoolFault``, if the folder cannot be listed.
  package func waiting(
    now: FileTime, quiet: Duration = .seconds(5), arrivals: inout Arrivals
  ) throws(SpoolFault) -> [WaitingObject] {
    var ready: [WaitingObject] = []
    let names = try incoming.names().filter { !$0.isLeftAlone }
    for name in names {
      guard let modified = try incoming.status(of: name)?.identity.modified else { continue }
      if arrivals.names.contains(name) || modified.distance(to: now) >= quiet {
        ready.append(WaitingObject(name: name, modified: modified))
      }
    }
    arrivals.keep(only: Set(names))
    return ready.sorted { ($0.modified, $0.name) < ($1.modified, $1.name) }
  }
}
