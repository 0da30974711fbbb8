// SPDX-License-Identifier: Apache-2.0
import SystemPackage

extension SpoolFolder {
  /// Moves an object that cannot be taken in to `refused/`, with `<name>.diagnostics` beside it that says why.
  ///
  /// Objects that are no files are moved unopened. Nothing there is overwritten (`<name>.2`); an object whose name is
  /// long or not plain becomes `object-<n>`.
  /// The identity is what was looked at under the name: an object put there since stays. `nil` takes whatever is
  /// there.
  package func refuse(
    _ name: SpoolName, ifUnchanged identity: FileIdentity?, diagnostics: [UInt8]
  ) throws(SpoolFault) -> Departure {
    try setAside(name, identity, in: refused, companion: ".diagnostics", diagnostics)
  }

  /// Moves an object that the daemon itself failed on to `held/`, with `<name>.fault` beside it.
  package func hold(
    _ name: SpoolName, ifUnchanged identity: FileIdentity?, fault: [UInt8]
  ) throws(SpoolFault) -> Departure {
    try setAside(name, identity, in: held, companion: ".fault", fault)
  }

  /// The explanation goes first, so that nothing ever lies there unexplained; it goes again if the object stays.
  private func setAside(
    _ name: SpoolName, _ identity: FileIdentity?, in folder: Folder, companion: String, _ explanation: [UInt8]
  ) throws(SpoolFault) -> Departure {
    guard let present = try incoming.status(of: name) else { return .gone }
    if let identity, present.identity != identity { return .replaced }
    let slots = FreeNames(settingAside: name, companion: companion)
    let free = try slots.first(in: folder)
    let beside = slots.companion(of: free)
    try folder.publish(explanation, as: beside)
    do throws(SpoolFault) {
      let departure = try move(name, ifUnchanged: identity, to: folder, as: free)
      if case .left = departure { return departure }
      try folder.remove(beside)
      return departure
    } catch {
      _ = try? folder.remove(beside)  // the first error is the one to report
      throw error
    }
  }
}
