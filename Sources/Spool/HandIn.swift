// SPDX-License-Identifier: Apache-2.0
import Glibc
import SystemPackage

/// Why a file was not handed in.
package enum HandInRefused: Error, Hashable, Sendable {
  /// The name is not plain, or is one the spool leaves alone, as `draft.tmp`.
  case nameUnfit(SpoolName)
  /// A file of that name waits already.
  case nameTaken(SpoolName)
  /// The system refused an operation.
  case failed(SpoolFault)
}

extension HandInRefused: CustomStringConvertible {
  /// One sentence, as for the terminal.
  package var description: String {
    switch self {
    case .nameUnfit(let name): "`\(name)` is not a name that the spool takes in"
    case .nameTaken(let name): "a file named `\(name)` waits in the spool already"
    case .failed(let fault): fault.description
    }
  }
}

/// The sender's side of a spool: it needs the right to write to `incoming/`, and no more.
package struct HandIn: Sendable {
  private let incoming: Folder

  /// Opens the `incoming/` of a spool that is there.
  package init(root: FilePath) throws(SpoolFault) {
    incoming = try Folder.root(root, create: false).folder("incoming", create: false, shownAs: "incoming")
  }

  /// Hands in a file whole: once this returns it is under its name and on the disk, whatever fails after.
  ///
  /// - Parameters:
  ///   - bytes: The case file.
  ///   - name: A plain name that no waiting file has; its ending says how the file is read.
  /// - Throws: ``HandInRefused``; nothing is handed in then, unless only the last `fsync`, of the folder, failed.
  package func submit(_ bytes: [UInt8], as name: SpoolName) throws(HandInRefused) {
    guard name.isPlain, !name.isLeftAlone else { throw .nameUnfit(name) }
    let hidden = SpoolName(".hand-in-\(getpid())-\(UInt64.random(in: 0 ... .max))")
    do throws(SpoolFault) {
      try incoming.write(bytes, hidden: hidden, durably: true)
    } catch {
      throw .failed(error)
    }
    var wasFree = false
    do throws(SpoolFault) {
      wasFree = try incoming.renameIfFree(hidden, to: incoming, as: name)
      if wasFree { try incoming.sync() } else { try incoming.remove(hidden) }
    } catch {
      _ = try? incoming.remove(hidden)  // the first error is the one to report
      throw .failed(error)
    }
    guard wasFree else { throw .nameTaken(name) }
  }
}
