// SPDX-License-Identifier: Apache-2.0

/// The table as people, spreadsheets and programs read it.
extension Statistics {
  /// Aligned columns, and under them what the marks mean.
  package func text(in language: Language = .en) -> String {
    let lines = lines(total: language == .en ? "total" : "sum")
    let widths = lines[0].indices.map { column in lines.map { $0[column].count }.max() ?? 0 }
    let aligned = lines.map { line in
      let cells = line.enumerated().map { column, cell in
        let padding = String(repeating: " ", count: widths[column] - cell.count)
        return column < rowAttributes.count ? cell + padding : padding + cell
      }
      return cells.joined(separator: "  ")
    }
    let legend = threshold == Self.showsAll ? [] : [""] + legend(in: language)
    return (aligned + legend).joined(separator: "\n") + "\n"
  }

  /// Comma-separated values with a row of totals at the end.
  package var csv: String {
    let lines = lines(total: "total")
    var csv = CSV(lines[0])
    for line in lines.dropFirst() { csv.append(line) }
    return csv.text
  }

  /// Numbers, `"<5"` for small ones and `"*"` for those hidden beside them, by the names of the columns.
  package var json: JSON {
    .object([
      "threshold": .integer(threshold),
      "by": .strings(rowAttributes.map(\.rawValue)),
      "across": .string(columnAttribute.rawValue),
      "columns": .strings(columns),
      "rows": .array(
        rows.map { row in
          let labels = zip(rowAttributes, row.labels).map { ($0.rawValue, JSON.string($1)) }
          return .object([
            "labels": .object(Dictionary(uniqueKeysWithValues: labels)), "counts": json(row.cells),
            "total": json(row.total),
          ])
        }),
      "totals": json(totals),
      "total": json(total),
    ])
  }

  private func lines(total word: String) -> [[String]] {
    let head = rowAttributes.map(\.rawValue) + columns + [word]
    let body = rows.map { row in row.labels + (row.cells + [row.total]).map(text) }
    let last = [word] + rowAttributes.dropFirst().map { _ in "" } + (totals + [total]).map(text)
    return [head] + body + [last]
  }

  private func text(_ cell: Cell) -> String {
    switch cell {
    case .count(let number): String(number)
    case .small: "<\(threshold)"
    case .hidden: "*"
    }
  }

  private func json(_ cell: Cell) -> JSON {
    if case .count(let number) = cell { return .integer(number) }
    return .string(text(cell))
  }

  private func json(_ cells: [Cell]) -> JSON {
    .object(Dictionary(uniqueKeysWithValues: zip(columns, cells.map(json))))
  }

  private func legend(in language: Language) -> [String] {
    switch language {
    case .en:
      [
        "<\(threshold)  fewer than \(threshold)",
        "*   not shown, so that no number under \(threshold) can be worked out",
      ]
    case .nb:
      [
        "<\(threshold)  færre enn \(threshold)",
        "*   ikke vist, slik at ingen tall under \(threshold) kan regnes ut",
      ]
    }
  }
}
