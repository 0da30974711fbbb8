// SPDX-License-Identifier: Apache-2.0

/// What can be said of a conclusion (design section 6).
public enum Status: String, CaseIterable, Sendable, Hashable {
  /// True in every completion.
  case holds
  /// False in every completion.
  case fails
  /// True in some completions, false in others.
  case undetermined
  /// No completion is left: the file contradicts itself.
  case contradictory
  /// No ground of its own was in force on any day left.
  case notInForce = "not_in_force"
  /// Not decided within the budget; never shown as anything else.
  case unsettled
}
