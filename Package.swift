// swift-tools-version: 6.2

import PackageDescription

/// One place for the settings of every target: the last loop of this file applies them.
let swiftSettings: [SwiftSetting] = [
    .swiftLanguageMode(.v6),
    .enableUpcomingFeature("ExistentialAny"),  // SE-0335
    .enableUpcomingFeature("MemberImportVisibility"),  // SE-0444
    .enableUpcomingFeature("InternalImportsByDefault"),  // SE-0409
    .enableUpcomingFeature("NonisolatedNonsendingByDefault"),  // SE-0461
    .treatAllWarnings(as: .error),
]
let cSettings: [CSetting] = [.define("_GNU_SOURCE"), .treatAllWarnings(as: .error)]

let system = Target.Dependency.product(name: "SystemPackage", package: "swift-system")
let crypto = Target.Dependency.product(name: "Crypto", package: "swift-crypto")
let logging = Target.Dependency.product(name: "Logging", package: "swift-log")
let lifecycle = Target.Dependency.product(name: "ServiceLifecycle", package: "swift-service-lifecycle")
let signals = Target.Dependency.product(name: "UnixSignals", package: "swift-service-lifecycle")
let arguments = Target.Dependency.product(name: "ArgumentParser", package: "swift-argument-parser")
let grdb = Target.Dependency.product(name: "GRDB", package: "GRDB.swift")
let yams = Target.Dependency.product(name: "Yams", package: "Yams")

let package = Package(
    name: "heygem-watch",
    products: [
        .executable(name: "heygem-watch", targets: ["HeyGemWatch"]),
        .executable(name: "heygem-watch-render", targets: ["RenderWorker"]),
    ],
    dependencies: [
        .package(url: "https://github.com/apple/swift-system", from: "1.8.1"),
        .package(url: "https://github.com/apple/swift-crypto", from: "4.5.2"),
        .package(url: "https://github.com/apple/swift-log", from: "1.16.0"),
        .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.0"),
        .package(url: "https://github.com/swift-server/swift-service-lifecycle", from: "2.13.0"),
        .package(url: "https://github.com/groue/GRDB.swift", from: "7.10.0"),
        .package(url: "https://github.com/jpsim/Yams", from: "6.2.2"),
    ],
    targets: [
        // C that Swift can't say, and the system's libraries
        .target(name: "CInotify"),
        .systemLibrary(name: "CZlib", providers: [.apt(["zlib1g-dev", "libisal-dev"])]),
        .systemLibrary(
            name: "CFFmpeg",
            providers: [
                .apt([
                    "libavformat-dev", "libavcodec-dev", "libavfilter-dev", "libswscale-dev", "libswresample-dev",
                ])
            ]),
        .target(name: "CAVFilter"),
        .target(name: "CLiteRT"),
        .target(name: "CPixels"),

        // what every part says to people, and how its files of settings are read
        .target(name: "Words"),
        .target(name: "StrictYAML", dependencies: ["Words", yams, system]),

        // what the project exists for
        .target(name: "Disk", dependencies: ["CInotify", system]),
        .target(name: "Watch", dependencies: ["Disk", system]),
        .target(name: "Batch", dependencies: ["Words", "StrictYAML", system]),
        .target(name: "Pack", dependencies: ["Words", "Disk", "CZlib", crypto, system]),
        .target(name: "Render", dependencies: ["Words", "Disk", "CInotify", system]),
        .target(name: "TalkingHead", dependencies: ["Words", "CAVFilter", "CFFmpeg", "CLiteRT", "CPixels"]),
        .target(
            name: "Delivery",
            dependencies: ["Words", "Disk", "Watch", "Batch", "Pack", "Render", grdb, crypto, logging, system]),

        // the two programs
        .executableTarget(
            name: "HeyGemWatch",
            dependencies: [
                "Delivery", "Disk", "Watch", "Batch", "Pack", "Render", "Words", "StrictYAML", arguments, logging,
                lifecycle, signals, system,
            ]),
        .executableTarget(
            name: "RenderWorker",
            dependencies: ["TalkingHead", "Render", "Words", "Disk", "CInotify", "CZlib", crypto, system]),

        .testTarget(name: "WordsTests", dependencies: ["Words"]),
        .testTarget(name: "StrictYAMLTests", dependencies: ["StrictYAML", "Words"]),
        .testTarget(name: "DiskTests", dependencies: ["Disk", "CInotify", system]),
        .testTarget(name: "WatchTests", dependencies: ["Watch", "Disk", system]),
        .testTarget(name: "BatchTests", dependencies: ["Batch", "Words", "StrictYAML", system]),
        .testTarget(name: "PackTests", dependencies: ["Pack", "Words", "Disk", "CZlib", crypto, system]),
        .testTarget(name: "RenderTests", dependencies: ["Render", "RenderWorker", "Words", "Disk", system]),
        .testTarget(name: "TalkingHeadTests", dependencies: ["TalkingHead", "Words", "CFFmpeg", "CPixels"]),
        .testTarget(
            name: "DeliveryTests",
            dependencies: ["Delivery", "Disk", "Watch", "Batch", "Pack", "Render", grdb, crypto, logging, system]),
        // the programs as people start them, and a share for them
        .target(name: "TestPrograms", path: "Tests/TestPrograms"),
        .testTarget(
            name: "HeyGemWatchTests",
            dependencies: [
                "HeyGemWatch", "RenderWorker", "TestPrograms", "Delivery", "Render", "Words", "StrictYAML",
            ]),
        .testTarget(name: "WriterTests", dependencies: ["HeyGemWatch", "RenderWorker", "TestPrograms", system]),
        .testTarget(
            name: "HostileTests",
            dependencies: [
                "HeyGemWatch", "RenderWorker", "TestPrograms", "Delivery", "Render", "Disk", "Words", system,
            ]),
        // a service that ends itself at a given step, and what does this to it
        .executableTarget(
            name: "SteppedService",
            dependencies: ["Delivery", "Disk", "Watch", "Batch", "Pack", "Render", "Words", logging, system],
            path: "Tests/SteppedService"),
        .testTarget(
            name: "KillTests", dependencies: ["SteppedService", "TestPrograms", "Delivery", "Disk", grdb, system]),
    ]
)

for target in package.targets where target.type != .system {
    target.swiftSettings = swiftSettings
    target.cSettings = cSettings
}
