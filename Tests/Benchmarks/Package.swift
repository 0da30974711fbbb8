// swift-tools-version: 6.2
// SPDX-License-Identifier: Apache-2.0
import PackageDescription

// A package of its own, so that what measures is never fetched or built by who only wants the program. The plugin sees
// targets alone whose parent folder is named `Benchmarks`; its default traits do not resolve on Linux.
let package = Package(
  name: "benchmarks",
  dependencies: [
    .package(name: "lawspeaker", path: "../.."),
    .package(url: "https://github.com/ordo-one/benchmark", exact: "1.38.1", traits: []),
  ],
  targets: [
    .executableTarget(
      name: "Evaluation",
      dependencies: [
        .product(name: "Benchmark", package: "benchmark"),
        .product(name: "LawspeakerCore", package: "lawspeaker"),
        .product(name: "LawspeakerTestSupport", package: "lawspeaker"),
      ],
      path: "Evaluation",
      swiftSettings: [.swiftLanguageMode(.v6)],
      plugins: [.plugin(name: "BenchmarkPlugin", package: "benchmark")]),
    .executableTarget(
      name: "LedgerLoad",
      dependencies: [
        .product(name: "Benchmark", package: "benchmark"),
        .product(name: "LawspeakerLedgerWorkload", package: "lawspeaker"),
      ],
      path: "Ledger",
      swiftSettings: [.swiftLanguageMode(.v6)],
      plugins: [.plugin(name: "BenchmarkPlugin", package: "benchmark")]),
    // No benchmark but a program: it fills a large ledger once and measures it as often as one likes.
    .executableTarget(
      name: "Scale",
      dependencies: [.product(name: "LawspeakerLedgerWorkload", package: "lawspeaker")],
      path: "Scale",
      swiftSettings: [.swiftLanguageMode(.v6)]),
  ]
)
