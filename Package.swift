// swift-tools-version: 6.2
// SPDX-License-Identifier: Apache-2.0
import PackageDescription

let strict: [SwiftSetting] = [
  .swiftLanguageMode(.v6),
  .strictMemorySafety(),
  .enableUpcomingFeature("ExistentialAny"),
  .enableUpcomingFeature("MemberImportVisibility"),
  .treatAllWarnings(as: .error),
]

func module(_ name: String, _ dependencies: [Target.Dependency] = []) -> Target {
  .target(name: name, dependencies: dependencies, swiftSettings: strict)
}

func program(_ name: String, _ dependencies: [Target.Dependency]) -> Target {
  .executableTarget(name: name, dependencies: dependencies, swiftSettings: strict)
}

func tests(_ name: String, _ dependencies: [Target.Dependency]) -> Target {
  .testTarget(name: name, dependencies: dependencies + ["TestSupport"], swiftSettings: strict)
}

let argumentParser = Target.Dependency.product(name: "ArgumentParser", package: "swift-argument-parser")
let crypto = Target.Dependency.product(name: "Crypto", package: "swift-crypto")
let grdb = Target.Dependency.product(name: "GRDB", package: "GRDB.swift")
let lifecycle = Target.Dependency.product(name: "ServiceLifecycle", package: "swift-service-lifecycle")
let unixSignals = Target.Dependency.product(name: "UnixSignals", package: "swift-service-lifecycle")
let logging = Target.Dependency.product(name: "Logging", package: "swift-log")
let system = Target.Dependency.product(name: "SystemPackage", package: "swift-system")

let package = Package(
  name: "lawspeaker",
  products: [
    .executable(name: "lawspeakerd", targets: ["lawspeakerd"]),
    .executable(name: "lawspeaker", targets: ["lawspeaker"]),
    // For Tests/Benchmarks, a package of its own.
    .library(name: "LawspeakerCore", targets: ["LawspeakerCore"]),
    .library(name: "LawspeakerTestSupport", targets: ["TestSupport"]),
    .library(name: "LawspeakerLedgerWorkload", targets: ["LedgerWorkload"]),
  ],
  dependencies: [
    .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
    .package(url: "https://github.com/apple/swift-crypto", from: "4.5.2"),
    .package(url: "https://github.com/apple/swift-log", from: "1.16.2"),
    .package(url: "https://github.com/apple/swift-system", from: "1.8.1"),
    .package(url: "https://github.com/groue/GRDB.swift", from: "7.10.0"),
    .package(url: "https://github.com/swift-server/swift-service-lifecycle", from: "2.13.0"),
  ],
  targets: [
    .systemLibrary(name: "CLibYAML", pkgConfig: "yaml-0.1", providers: [.apt(["libyaml-dev"])]),
    module("YAMLTree", ["CLibYAML"]),
    module("LawspeakerCore", ["YAMLTree"]),
    module("PackChecker", ["LawspeakerCore"]),
    module("PackRegistry", ["LawspeakerCore", "PackChecker", crypto, system]),
    .systemLibrary(name: "CLinux"),
    module("Spool", ["CLinux", system]),
    module("LocalSocket", ["CLinux", system]),
    module("TransparencyLog", [crypto]),
    module("Ledger", ["TransparencyLog", grdb, crypto]),
    module(
      "LawspeakerDaemon",
      [
        "YAMLTree", "LawspeakerCore", "PackChecker", "PackRegistry", "Spool", "TransparencyLog", "Ledger",
        "LocalSocket", lifecycle, unixSignals, logging, crypto, system,
      ]),
    program(
      "lawspeakerd", ["LawspeakerDaemon", "YAMLTree", argumentParser, lifecycle, unixSignals, logging]),
    program(
      "lawspeaker",
      [
        "CLinux", "LawspeakerDaemon", "LawspeakerCore", "PackChecker", "PackRegistry", "Spool",
        "TransparencyLog",
        "Ledger", "LocalSocket", "YAMLTree", system, argumentParser,
      ]),

    .target(
      name: "TestSupport", dependencies: ["YAMLTree", "LawspeakerCore"], path: "Tests/TestSupport",
      swiftSettings: strict),
    .target(
      name: "LedgerWorkload",
      dependencies: ["Ledger", "LawspeakerCore", "LawspeakerDaemon", "PackChecker", "PackRegistry"],
      path: "Tests/LedgerWorkload", swiftSettings: strict),
    tests("YAMLTreeTests", ["YAMLTree"]),
    tests("LawspeakerCoreTests", ["LawspeakerCore", "PackChecker"]),
    tests("PackCheckerTests", ["PackChecker", "LawspeakerCore", "YAMLTree"]),
    tests("PackRegistryTests", ["PackRegistry", "LawspeakerCore"]),
    tests("SpoolTests", ["Spool", system]),
    tests("LocalSocketTests", ["LocalSocket", system]),
    tests("TransparencyLogTests", ["TransparencyLog", crypto]),
    tests("LedgerTests", ["Ledger", "TransparencyLog", grdb]),
    tests(
      "LawspeakerDaemonTests",
      [
        "LawspeakerDaemon", "lawspeakerd", "lawspeaker", "Ledger", "PackRegistry", "LawspeakerCore",
        "LocalSocket", "Spool", "YAMLTree", grdb,
      ]),
  ]
)
