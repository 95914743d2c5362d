// swift-tools-version: 6.2
import PackageDescription

/// Every target: strict memory safety, and no warning survives.
let strict: [SwiftSetting] = [
  .strictMemorySafety(),
  .treatAllWarnings(as: .error),
  .enableExperimentalFeature("Lifetimes"),
]

/// Command modules: the compiler refuses untyped throws and boxed existentials as well.
let moduleLints: [SwiftSetting] =
  strict + [
    .treatWarning("EmbeddedRestrictions", as: .error),
    .treatWarning("ExistentialType", as: .error),
  ]

/// The value types that modules share: folder under `Sources/ValueTypes`, and target.
let valueTypes: [(folder: String, target: String)] = [
  ("Hashes", "HashValues"), ("Lists", "ListValues"), ("Sets", "SetValues"), ("SortedSets", "SortedSetValues"),
  ("Streams", "StreamValues"),
]

/// The command modules: folder under `Sources/CommandModules`, target, and the value types that it uses.
let commandModules: [(folder: String, target: String, values: [String])] = [
  ("Strings", "StringCommands", values: []),
  ("Hashes", "HashCommands", values: ["HashValues"]),
  ("Lists", "ListCommands", values: ["ListValues"]),
  ("Sets", "SetCommands", values: ["SetValues"]),
  ("SortedSets", "SortedSetCommands", values: ["SetValues", "SortedSetValues"]),
  ("Geo", "GeoCommands", values: ["SortedSetValues"]),
  ("Streams", "StreamCommands", values: ["StreamValues"]),
  ("Generic", "GenericCommands", values: ["HashValues", "ListValues", "RDB"]),
  ("Server", "ServerCommands", values: []),
  ("Transactions", "TransactionCommands", values: []),
  ("PubSub", "PubSubCommands", values: []),
  ("Bitmaps", "BitmapCommands", values: []),
  ("HyperLogLog", "HyperLogLogCommands", values: []),
  ("Scripting", "ScriptingCommands", values: ["ScriptEngines"]),
]

/// A value type's target: it sees the kernel and the containers, and no module.
func valueType(_ folder: String, _ target: String) -> Target {
  .target(
    name: target, dependencies: ["ServerKernel", "Containers"], path: "Sources/ValueTypes/\(folder)",
    swiftSettings: moduleLints)
}

/// A module's target: it sees the kernel, the containers and its value types, and no other module.
func commandModule(_ folder: String, _ target: String, values: [String]) -> Target {
  .target(
    name: target, dependencies: ["ServerKernel", "Containers"] + values.map { .init(stringLiteral: $0) },
    path: "Sources/CommandModules/\(folder)", swiftSettings: moduleLints)
}

/// A module's conformance tests, with the replies recorded from redis-server.
func conformanceTests(_ folder: String) -> Target {
  .testTarget(
    name: "\(folder)ConformanceTests", dependencies: ["ConformanceSupport"], exclude: ["transcript.txt"],
    swiftSettings: strict)
}

let package = Package(
  name: "goredis",
  products: [
    .executable(name: "goredis", targets: ["goredis"]),
    .library(name: "ServerKernel", targets: ["ServerKernel"]),
    .library(name: "ValueTypes", targets: valueTypes.map(\.target)),
    .library(name: "CommandModules", targets: commandModules.map(\.target) + ["Persistence", "Replication"]),
    .library(name: "ConformanceSupport", targets: ["ConformanceSupport"]),
  ],
  targets: [
    .systemLibrary(name: "CLinux"),
    .target(name: "CVector"),
    .target(name: "Containers", dependencies: ["CLinux", "CVector"], swiftSettings: strict),
    .target(name: "ServerKernel", dependencies: ["CLinux", "Containers"], swiftSettings: strict),
    .target(name: "CLua", linkerSettings: [.linkedLibrary("dl")]),
    .target(name: "ScriptEngines", dependencies: ["CLua", "ServerKernel", "Containers"], swiftSettings: strict),
    .target(name: "RDB", dependencies: ["ServerKernel", "Containers"], swiftSettings: strict),
    // Files, sockets and threads, whose errors and callers are of many kinds: not under the lints of modules.
    .target(
      name: "Persistence", dependencies: ["CLinux", "ServerKernel", "Containers", "RDB"], swiftSettings: strict),
    .target(
      name: "Replication", dependencies: ["ServerKernel", "Containers", "RDB", "Persistence"], swiftSettings: strict),
    .executableTarget(
      name: "goredis",
      dependencies: ["ServerKernel", "Persistence", "Replication"]
        + commandModules.map { .init(stringLiteral: $0.target) },
      swiftSettings: strict),
    .target(name: "ConformanceSupport", path: "Tests/ConformanceSupport", swiftSettings: strict),
    .testTarget(name: "ConformanceSupportTests", dependencies: ["ConformanceSupport"], swiftSettings: strict),
    .testTarget(name: "ContainersTests", dependencies: ["Containers", "ConformanceSupport"], swiftSettings: strict),
    .testTarget(
      name: "ServerKernelTests",
      dependencies: [
        "ServerKernel", "Containers", "RDB", "HashValues", "ListValues", "SetValues", "SortedSetValues", "HashCommands",
        "ListCommands", "SetCommands", "SortedSetCommands", "Persistence", "Replication", "ConformanceSupport",
      ],
      swiftSettings: strict),
  ] + valueTypes.map(valueType)
    + commandModules.map(commandModule)
    + commandModules.map { conformanceTests($0.folder) },
  swiftLanguageModes: [.v6]
)
