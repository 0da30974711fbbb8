// SPDX-License-Identifier: Apache-2.0

/// `CASE` or `CASE@V`: the newest decision of a case, or one version.
package struct CaseVersion: Hashable, Codable, Sendable, CustomStringConvertible {
  package let reference: String
  package let version: Int?

  /// The newest decision of a case, or one version.
  package init(reference: String, version: Int? = nil) {
    self.reference = reference
    self.version = version
  }

  /// Reads what somebody wrote; nil unless it has this form.
  package init?(_ text: String) {
    let parts = text.split(separator: "@", omittingEmptySubsequences: false).map(String.init)
    guard parts.count <= 2, let first = parts.first, !first.isEmpty else { return nil }
    reference = first
    guard parts.count == 2 else {
      version = nil
      return
    }
    guard let number = Int(parts[1]), number > 0 else { return nil }
    version = number
  }

  /// As somebody writes it.
  package var description: String { reference + (version.map { "@\($0)" } ?? "") }
}
