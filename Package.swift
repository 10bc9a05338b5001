// swift-tools-version: 6.3
import PackageDescription

/// One row for each Swift module, lowest first: nothing may import a module below its own row.
let modules: [(name: String, uses: [String])] = [
    ("Bytes", ["CLZ4", "CZstd", "CZlib", "CXXHash", "CKernels"]),
    ("Files", ["Bytes", "CLinux"]),
    ("Columns", ["Bytes", "CKernels"]),
    ("Workload", ["Bytes", "Columns"]),
    ("Times", ["Bytes", "Files", "Columns"]),
    ("TimeQL", ["Bytes", "Columns", "Times"]),
    ("Segments", ["Bytes", "Files", "Columns"]),
    ("Storage", ["Bytes", "Files", "Columns", "Segments"]),
    ("Ingest", ["Bytes", "Files", "Columns", "Times", "Segments", "Storage", "CSimdJSON", "CVectorscan"]),
    ("Execution", ["Bytes", "Files", "Columns", "Times", "TimeQL", "Segments", "Storage", "Ingest", "CRE2", "CMath"]),
    ("Traversion", ["Files", "Times", "TimeQL", "Storage", "Ingest", "Execution"]),
]

let settings: [SwiftSetting] = [
    .swiftLanguageMode(.v6),
    .strictMemorySafety(),
    .enableExperimentalFeature("Lifetimes"),
    .treatAllWarnings(as: .error),
]

/// Tests poke at raw bytes on purpose, so strict memory safety is left off there.
let testSettings: [SwiftSetting] = [.swiftLanguageMode(.v6)]

/// The fuzz drivers need libFuzzer, which no ordinary build links: they are here only for `Tools/fuzz`.
let fuzzTargets: [Target] =
    Context.environment["TRAVERSION_FUZZ"] == nil
    ? []
    : [
        .systemLibrary(name: "CFuzzer", path: "Tests/Fuzz/CFuzzer"),
        .executableTarget(
            name: "fuzz-drivers",
            dependencies: [
                "Bytes", "Files", "Columns", "Times", "TimeQL", "Segments", "Storage", "Ingest", "Execution", "CFuzzer",
            ],
            path: "Tests/Fuzz/Drivers", swiftSettings: testSettings),
    ]

let package = Package(
    name: "traversion",
    products: [
        .library(name: "Traversion", targets: ["Traversion"]),
        .executable(name: "traversion-store", targets: ["TraversionStore"]),
    ],
    targets: [
        .systemLibrary(name: "CLZ4", pkgConfig: "liblz4", providers: [.apt(["liblz4-dev"])]),
        .systemLibrary(name: "CZstd", pkgConfig: "libzstd", providers: [.apt(["libzstd-dev"])]),
        .systemLibrary(name: "CZlib", pkgConfig: "zlib", providers: [.apt(["zlib1g-dev"])]),
        .systemLibrary(name: "CXXHash", pkgConfig: "libxxhash", providers: [.apt(["libxxhash-dev"])]),
        .systemLibrary(name: "CMath"),
        .target(name: "CLinux"),
        .target(name: "CKernels", cSettings: [.unsafeFlags(["-O3", "-fno-sanitize=thread"])]),
        .target(
            name: "CSimdJSON",
            cxxSettings: [.unsafeFlags(["-O3"])],
            linkerSettings: [.linkedLibrary("simdjson")]),
        .target(name: "CVectorscan", linkerSettings: [.linkedLibrary("hs")]),
        .target(name: "CRE2", linkerSettings: [.linkedLibrary("re2")]),
        .target(name: "CLineEdit", linkerSettings: [.linkedLibrary("edit")]),
    ]
        + modules.map { module in
            .target(
                name: module.name, dependencies: module.uses.map { .init(stringLiteral: $0) },
                swiftSettings: settings)
        }
        + [
            .executableTarget(
                name: "TraversionStore",
                dependencies: [
                    "Bytes", "Files", "Columns", "Workload", "Times", "TimeQL", "Segments", "Storage", "Ingest",
                    "Execution", "Traversion", "CLineEdit",
                ],
                swiftSettings: settings),
            .executableTarget(
                name: "segment-bench",
                dependencies: [
                    "Bytes", "Files", "Columns", "Segments", "Ingest", "Workload", "CKernels", "CSimdJSON",
                ],
                path: "Benchmarks/SegmentBench", swiftSettings: testSettings),
            .executableTarget(
                name: "format-bench", dependencies: ["Files", "Times", "Ingest"], path: "Benchmarks/FormatBench",
                swiftSettings: testSettings),
            .executableTarget(
                name: "append-bench", dependencies: ["Columns", "Files", "Traversion"],
                path: "Benchmarks/AppendBench",
                swiftSettings: testSettings),
        ]
        + modules.map { module in
            .testTarget(
                name: module.name + "Tests",
                dependencies: [.init(stringLiteral: module.name)] + module.uses.map { .init(stringLiteral: $0) },
                swiftSettings: testSettings)
        }
        // Runs the built command, too.
        + [
            .testTarget(
                name: "TraversionStoreTests",
                dependencies: [
                    "TraversionStore", "Bytes", "Files", "Storage", "Ingest", "TimeQL", "Execution", "Traversion",
                ],
                swiftSettings: testSettings)
        ]
        // Whole stores in a machine that stops at random moments.
        + [
            .testTarget(
                name: "Simulation", dependencies: ["Bytes", "Files", "Columns", "Segments", "Storage", "Ingest"],
                swiftSettings: testSettings)
        ]
        // The laws of the source text, checked against the code.
        + [.testTarget(name: "TidyTests", dependencies: ["Files", "Columns"], swiftSettings: testSettings)]
        + fuzzTargets,
    cxxLanguageStandard: .cxx17
)
