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

/// A command module: the folder `Sources/CommandModules/<group>` as the target `<name>`.
func commandModule(_ name: String, folder: String) -> Target {
  .target(
    name: name, dependencies: ["ServerKernel", "Containers"], path: "Sources/CommandModules/\(folder)",
    swiftSettings: moduleLints)
}

let package = Package(
  name: "goredis",
  products: [
    .executable(name: "goredis", targets: ["goredis"]),
    .library(name: "ServerKernel", targets: ["ServerKernel"]),
    .library(name: "ConformanceSupport", targets: ["ConformanceSupport"]),
  ],
  targets: [
    .systemLibrary(name: "CLinux"),
    .target(name: "Containers", dependencies: ["CLinux"], swiftSettings: strict),
    .target(name: "ServerKernel", dependencies: ["CLinux", "Containers"], swiftSettings: strict),
    commandModule("StringCommands", folder: "Strings"),
    .executableTarget(
      name: "goredis", dependencies: ["ServerKernel", "StringCommands"], swiftSettings: strict),
    .target(
      name: "ConformanceSupport", dependencies: [], path: "Tests/ConformanceSupport", swiftSettings: strict),
    .testTarget(name: "ConformanceSupportTests", dependencies: ["ConformanceSupport"], swiftSettings: strict),
    .testTarget(
      name: "StringsConformanceTests", dependencies: ["ConformanceSupport"], exclude: ["transcript.txt"],
      swiftSettings: strict),
    .testTarget(name: "ContainersTests", dependencies: ["Containers"], swiftSettings: strict),
    .testTarget(
      name: "ServerKernelTests", dependencies: ["ServerKernel", "Containers"], swiftSettings: strict),
  ],
  swiftLanguageModes: [.v6]
)
