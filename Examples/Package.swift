// swift-tools-version: 6.2
import PackageDescription

/// A module of commands that depends on the kernel, and on what it is told.
func module(_ name: String, _ more: Target.Dependency...) -> Target {
  .target(
    name: name, dependencies: [.product(name: "ServerKernel", package: "goredis")] + more,
    swiftSettings: [.strictMemorySafety(), .treatAllWarnings(as: .error)])
}

// A package of its own: modules with a command, a data type, a command more for strings and one for hashes, one made of
// other commands, a check of all calls, and a server that has them beside the built-in ones.
let package = Package(
  name: "goredis-examples",
  dependencies: [.package(name: "goredis", path: "..")],
  targets: [
    module("ThrottleCommands"), module("BagCommands"), module("StringExtraCommands"), module("HashMoveCommands"),
    module("FreezeCommands"), module("HashExtraCommands", .product(name: "ValueTypes", package: "goredis")),
    .executableTarget(
      name: "example-server",
      dependencies: [
        "ThrottleCommands", "BagCommands", "StringExtraCommands", "HashExtraCommands", "HashMoveCommands",
        "FreezeCommands", .product(name: "ServerKernel", package: "goredis"),
        .product(name: "CommandModules", package: "goredis"),
      ]),
    .testTarget(
      name: "ExamplesTests",
      dependencies: ["example-server", .product(name: "ConformanceSupport", package: "goredis")]),
  ],
  swiftLanguageModes: [.v6]
)
