// SPDX-License-Identifier: Apache-2.0

/// The known name that a mistyped one most likely meant, or nil if none is near.
///
/// Near is an edit distance (Levenshtein, with swapped neighbours as one) of at most a third of the name's length.
package func nearest(to name: String, among known: some Sequence<String>) -> String? {
  let limit = max(1, name.utf8.count / 3)
  var best: (distance: Int, name: String)?
  for candidate in known where abs(candidate.utf8.count - name.utf8.count) <= limit {
    let distance = editDistance(Array(name.utf8), Array(candidate.utf8))
    guard distance <= limit else { continue }
    if let found = best, (found.distance, found.name) <= (distance, candidate) { continue }
    best = (distance, candidate)
  }
  return best?.name
}

private func editDistance(_ a: [UInt8], _ b: [UInt8]) -> Int {
  var beforeLast: [Int] = []
  var last = Array(0...b.count)
  for i in 0..<a.count {
    var row = [i + 1]
    for j in 0..<b.count {
      var cost = min(last[j + 1] + 1, row[j] + 1, last[j] + (a[i] == b[j] ? 0 : 1))
      if i > 0, j > 0, a[i] == b[j - 1], a[i - 1] == b[j] { cost = min(cost, beforeLast[j - 1] + 1) }
      row.append(cost)
    }
    (beforeLast, last) = (last, row)
  }
  return last[b.count]
}
