// swift-tools-version: 6.3
import PackageDescription

// A package of its own, so that the product is built and tested without it. Its sources are those of the stages, by links:
// what has `package` access is seen only from within a package.
let strict: [SwiftSetting] = [
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("InternalImportsByDefault"),
    .enableUpcomingFeature("MemberImportVisibility"),
    .strictMemorySafety(),
    .treatAllWarnings(as: .error),
]

let package = Package(
    name: "benchmarks",
    targets: [
        .target(name: "CLibrary"),
        .systemLibrary(name: "CMalloc"),
        .target(name: "CClp", dependencies: ["CLibrary"]),
        .target(name: "Cores", swiftSettings: strict),
        .target(name: "Indicators", dependencies: ["Cores"], swiftSettings: strict),
        .target(name: "Normalise", dependencies: ["Cores", "Indicators"], swiftSettings: strict),
        .target(name: "Compose", dependencies: ["CClp", "Cores", "Indicators"], swiftSettings: strict),
        .target(name: "Compare", dependencies: ["Cores", "Indicators"], swiftSettings: strict),
        .executableTarget(
            name: "Benchmark",
            dependencies: ["CMalloc", "Compare", "Compose", "Indicators", "Normalise"],
            swiftSettings: strict
        ),
    ],
    swiftLanguageModes: [.v6]
)
