// swift-tools-version: 6.3
import PackageDescription

// The settings that every target of ours is built with: the compiler is the first reviewer.
let strict: [SwiftSetting] = [
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("InternalImportsByDefault"),
    .enableUpcomingFeature("MemberImportVisibility"),
    .strictMemorySafety(),
    .treatAllWarnings(as: .error),
]

/// A target of ours. What it may import is exactly what is listed: the walls of the house.
func room(_ name: String, _ dependencies: [Target.Dependency] = [], resources: [Resource] = []) -> Target {
    .target(name: name, dependencies: dependencies, resources: resources, swiftSettings: strict)
}

/// The tests of a target, named after it.
func tests(
    of name: String,
    _ dependencies: [Target.Dependency],
    exclude: [String] = [],
    resources: [Resource] = []
) -> Target {
    .testTarget(
        name: "\(name)Tests",
        dependencies: dependencies,
        exclude: exclude,
        resources: resources,
        swiftSettings: strict
    )
}

let argumentParser = Target.Dependency.product(name: "ArgumentParser", package: "swift-argument-parser")
// Of Yams only the parser is used, which is its target CYaml: see `YAMLComposer`.
let yams = Target.Dependency.product(name: "Yams", package: "Yams")
let crypto = Target.Dependency.product(name: "Crypto", package: "swift-crypto")
let grdb = Target.Dependency.product(name: "GRDB", package: "GRDB.swift")
let mustache = Target.Dependency.product(name: "Mustache", package: "swift-mustache")
let logging = Target.Dependency.product(name: "Logging", package: "swift-log")

let package = Package(
    name: "divide",
    products: [
        .executable(name: "divide", targets: ["divide"]),
        .executable(name: "illustrate", targets: ["illustrate"]),
    ],
    dependencies: [
        .package(url: "https://github.com/apple/swift-argument-parser", exact: "1.8.2"),
        .package(url: "https://github.com/apple/swift-crypto", exact: "4.5.2"),
        .package(url: "https://github.com/apple/swift-log", exact: "1.16.2"),
        .package(url: "https://github.com/groue/GRDB.swift", exact: "7.10.0"),
        .package(url: "https://github.com/hummingbird-project/swift-mustache", exact: "2.1.1"),
        .package(url: "https://github.com/jpsim/Yams", exact: "6.2.2"),
        .package(url: "https://github.com/swiftlang/swift-docc-plugin", exact: "1.5.0"),
    ],
    targets: [
        // The outside world: C libraries, each imported by exactly one target.
        .systemLibrary(name: "CLibCSV", providers: [.apt(["libcsv-dev"])]),
        .systemLibrary(name: "CMalloc"),
        .systemLibrary(name: "CRename"),
        .systemLibrary(name: "CSpawn"),
        .systemLibrary(name: "CSync"),
        .systemLibrary(name: "CZlib", providers: [.apt(["zlib1g-dev"])]),
        .systemLibrary(name: "CZstd", providers: [.apt(["libzstd-dev"])]),
        // Ours: find a library once it is asked for: the solver (coinor-libclp-dev), expat (libexpat1-dev), libzip
        // (libzip-dev), libxlsxwriter (libxlsxwriter-dev).
        .target(name: "CLibrary"),
        .target(name: "CClp", dependencies: ["CLibrary"]),
        .target(name: "CExpat", dependencies: ["CLibrary"]),
        .target(name: "CXLSXWriter", dependencies: ["CLibrary"]),
        .target(name: "CZip", dependencies: ["CLibrary"]),
        // Ours: the few loops that need a processor's vectors.
        .target(name: "CScan"),
        // Ours: the level at which workbooks are packed.
        .target(name: "CDeflate", linkerSettings: [.linkedLibrary("z")]),
        .target(name: "CDigits"),

        // Work on all cores, bytes to rows, and the vocabulary that everything else speaks.
        room("Cores"),
        room("CSVStream", ["CLibCSV", "CScan", "CZlib", "CZstd", "Cores"]),
        room("Spreadsheet", ["CExpat", "Cores", "CZip"]),
        room("Workbook", ["CDeflate", "CXLSXWriter", "Spreadsheet"]),
        room("Indicators", ["Cores"]),

        // The gazetteer and the catalogue inside the binary; a room of its own because it is slow to compile.
        .target(
            name: "Shipped",
            resources: [
                .embedInCode("Resources/provinces.csv"),
                .embedInCode("Resources/province-names.csv"),
                .embedInCode("Resources/province-changes.csv"),
                .embedInCode("Resources/indicators.yaml"),
            ],
            swiftSettings: strict
        ),

        // What the report page is made of besides figures; a room of its own likewise.
        .target(
            name: "PageAssets",
            resources: [
                .embedInCode("Resources/texts.tsv"),
                .embedInCode("Resources/workbook.tsv"),
                .embedInCode("Resources/tile-grid.csv"),
                .embedInCode("Resources/tile-river.csv"),
                .embedInCode("Resources/page.css"),
                .embedInCode("Resources/page.js"),
                .embedInCode("Resources/page.mustache"),
                .embedInCode("Resources/figure.mustache"),
            ],
            swiftSettings: strict
        ),

        // The stages, in the order in which a value passes them. None imports another.
        room("Ingest", ["CSVStream", "Indicators", "Spreadsheet"]),
        room("Records", ["CDigits", "CSVStream", "Indicators"]),
        room("Harmonise", ["Indicators"]),
        room("Validate", ["Indicators"]),
        room("Normalise", ["Cores", "Indicators"]),
        room("Compose", ["CClp", "Cores", "Indicators"]),
        room("Compare", ["Cores", "Indicators"]),
        room("Check", ["Indicators"]),
        room(
            "Publish",
            ["Cores", "Indicators", "PageAssets", "Workbook", mustache],
            resources: [.embedInCode("summary.schema.json"), .embedInCode("checks.schema.json")]
        ),

        // The order of the stages, and the command line.
        room(
            "Pipeline",
            [
                "Cores", "CRename", "CSpawn", "CSVStream", "CSync", "Indicators", "Ingest", "Records", "Harmonise",
                "Validate",
                "Normalise",
                "Compose",
                "Compare", "Check", "Publish", "Shipped", crypto, grdb, logging, yams,
            ]
        ),
        .executableTarget(
            name: "divide",
            dependencies: ["CMalloc", "Indicators", "Pipeline", "Records", argumentParser, logging],
            swiftSettings: strict,
            // At a fixed address, a hundred thousand pointers in its tables are filled in once, by the linker, and not by each
            // start: that took a third of the CPU of one. The price is that the program's own code lies where anyone can know
            // it; libraries, stack and heap still lie at random addresses. And what it defines is its own: Swift's libraries,
            // linked in, would have its twenty thousand names exported, through which a start looks for its own path.
            linkerSettings: [
                .unsafeFlags(
                    ["-Xclang-linker", "-no-pie", "-Xlinker", "--no-export-dynamic"],
                    .when(platforms: [.linux], configuration: .release)
                )
            ]
        ),
        // Makes the illustrative data set under Datasets; not part of `divide`.
        .executableTarget(name: "illustrate", dependencies: ["Indicators", argumentParser], swiftSettings: strict),

        tests(of: "Cores", ["Cores"]),
        tests(of: "CSVStream", ["CSVStream"]),
        tests(of: "Spreadsheet", ["Spreadsheet"]),
        tests(of: "Workbook", ["CDeflate", "CZlib", "Workbook", "Spreadsheet"]),
        tests(of: "Indicators", ["Indicators"]),
        tests(of: "Ingest", ["Ingest", "Indicators"]),
        tests(of: "Records", ["Records", "CSVStream", "Indicators"], exclude: ["fixtures"]),
        tests(of: "Harmonise", ["Harmonise", "Indicators"]),
        tests(of: "Validate", ["Validate", "Indicators"]),
        tests(of: "Normalise", ["Normalise", "Indicators"], exclude: ["fixtures"]),
        tests(of: "Compose", ["Compose", "Indicators"]),
        tests(of: "Compare", ["Compare", "Indicators"]),
        tests(of: "Check", ["Check", "Indicators"]),
        tests(of: "Publish", ["Publish", "Indicators", "Spreadsheet"], exclude: ["packages", "reports", "summaries"]),
        tests(
            of: "Pipeline",
            [
                "Pipeline", "Check", "Compare", "Compose", "Harmonise", "Indicators", "Ingest", "Normalise", "Publish",
                "Validate", grdb,
            ]
        ),
        tests(of: "Divide", ["divide", "Indicators", "Pipeline", "Records", crypto], exclude: ["Golden"]),
        tests(of: "Datasets", ["illustrate", yams]),
    ],
    swiftLanguageModes: [.v6]
)
