// swift-tools-version: 6.2
import PackageDescription

// A package of its own: a module with one command, and a server that has it beside the built-in ones.
let package = Package(
  name: "throttle",
  dependencies: [.package(name: "goredis", path: "../..")],
  targets: [
    .target(
      name: "ThrottleCommands", dependencies: [.product(name: "ServerKernel", package: "goredis")],
      swiftSettings: [.strictMemorySafety(), .treatAllWarnings(as: .error)]),
    .executableTarget(
      name: "throttle-server",
      dependencies: [
        "ThrottleCommands", .product(name: "ServerKernel", package: "goredis"),
        .product(name: "CommandModules", package: "goredis"),
      ]),
    .testTarget(
      name: "ThrottleTests",
      dependencies: ["throttle-server", .product(name: "ConformanceSupport", package: "goredis")]),
  ],
  swiftLanguageModes: [.v6]
)
