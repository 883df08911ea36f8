import Foundation
import TestPrograms
import Testing

/// Disks that are full and permissions that are lost while the real service works, and that come back.
@Suite(.serialized, .enabled(if: SmallDisk.isPossible, "skipped: only root may mount")) struct DiskTroubleTests {
    private static let quick = Share.quick.merging(["HEYGEM_WATCH_MIN_FREE": "0"]) { $1 }

    private static func serve(
        _ share: Share, _ environment: [String: String] = quick, as user: String? = nil,
        _ body: (RunningProgram) async throws -> Void
    ) async throws {
        try await share.serve(environment: environment, as: user) { service in
            #expect(await service.printsError("watching"))
            try await body(service)
        }
    }

    private static func dropBatch(_ share: Share) async throws {
        try share.dropFace("dealers/avatar.png")
        try await share.drop(share.sound(), "dealers/anna.wav")
        try share.drop("dealers/batch.ready")
    }

    private static func archived(_ share: Share) throws -> [String] {
        try FileManager.default.subpathsOfDirectory(atPath: share.inbox.path)
            .filter { !$0.hasPrefix(".") }.map { ($0 as NSString).lastPathComponent }.sorted()
    }

    @Test("an outbox that is full is waited for; with room it gets the whole delivery")
    func outbox() async throws {
        try await Share.with { share in
            try await SmallDisk.with(8, over: share.outbox) { disk in
                try await Self.serve(share) { service in
                    try disk.fill()
                    try await Self.dropBatch(share)
                    #expect(await service.printsError("delivery waits"))
                    #expect(await service.printsError("too little is free on the disk of \(share.outbox.path)"))
                    #expect(try share.results(".zip").isEmpty)
                    try disk.empty()
                    #expect(await service.printsError("INFO delivered"))
                    try await share.expectWholeZip(videos: 1)
                }
            }
        }
    }

    @Test("min_free stays free in outbox and state folder")
    func minFree() async throws {
        try await Share.with { share in
            try await SmallDisk.with(24, over: share.outbox) { outbox in
                try await SmallDisk.with(24, over: share.state) { state in
                    let environment = Self.quick.merging(["HEYGEM_WATCH_MIN_FREE": "8MB"]) { $1 }
                    try await Self.serve(share, environment) { service in
                        try state.fill(leaving: 7000)
                        try outbox.fill(leaving: 7000)
                        try await Self.dropBatch(share)
                        #expect(await service.printsError("too little is free on the disk of \(share.state.path)/work"))
                        try state.empty()
                        #expect(await service.printsError("rendered"))
                        #expect(await service.printsError("too little is free on the disk of \(share.outbox.path)"))
                        try outbox.empty()
                        #expect(await service.printsError("INFO delivered"))
                        try await share.expectWholeZip(videos: 1)
                    }
                }
            }
        }
    }

    @Test("a state folder that is full is waited for, and no item fails for it")
    func state() async throws {
        try await Share.with { share in
            try await SmallDisk.with(24, over: share.state) { disk in
                try await Self.serve(share) { service in
                    try disk.fill()
                    try await Self.dropBatch(share)
                    #expect(await service.printsError("the disk is full"))
                    try disk.empty()
                    #expect(await service.printsError("INFO delivered"))
                    try await share.expectWholeZip(videos: 1)
                    let rows = try share.rows(of: try #require(share.results(".csv").first))
                    #expect(rows["anna"]?["status"] == "ok")
                }
            }
        }
    }

    @Test("an inbox that is full keeps its files until there is room for what tells about them")
    func inbox() async throws {
        try await Share.with { share in
            try await SmallDisk.with(8, over: share.inbox) { disk in
                try await Self.serve(share) { service in
                    try await share.drop(share.landscape(), "dealers/avatar.png")
                    try await share.drop(share.sound(), "dealers/anna.wav")
                    #expect(await service.printsError("no video"))
                    try disk.fill()
                    // an empty file needs no room
                    try share.drop("dealers/batch.ready")
                    #expect(await service.printsError("moving what was delivered in the inbox"))
                    #expect(await service.printsError("the disk is full"))
                    try disk.empty()
                    #expect(await service.printsError("INFO delivered"))
                    let names = try Self.archived(share)
                    #expect(names.filter { $0 == "anna.wav" }.count == 1)
                    #expect(names.contains("reasons.csv"))
                    #expect(!names.contains("dealers"))
                }
            }
        }
    }

    @Test(
        "permissions that are lost in the outbox are waited for",
        .enabled(if: BuiltProgram.othersMayRun, "skipped: other users can't reach the programs here"))
    func permissions() async throws {
        try await Share.with { share in
            for folder in [share.root, share.inbox, share.outbox, share.state] {
                try await BuiltProgram.tool("chown", ["65534:65534", folder.path])
            }
            try await Self.serve(share, as: "65534") { service in
                try await BuiltProgram.tool("chmod", ["555", share.outbox.path])
                try await Self.dropBatch(share)
                try await BuiltProgram.tool("chown", ["-R", "65534:65534", share.inbox.path])
                #expect(await service.printsError("no permission"))
                try await BuiltProgram.tool("chmod", ["755", share.outbox.path])
                #expect(await service.printsError("INFO delivered"))
                try await share.expectWholeZip(videos: 1)
            }
        }
    }

    @Test(
        "inputs that may not be moved stay, and are moved at the next start when they may be",
        .enabled(if: BuiltProgram.othersMayRun, "skipped: other users can't reach the programs here"))
    func archive() async throws {
        try await Share.with { share in
            let archive = share.inbox.appendingPathComponent("_archive")
            try FileManager.default.createDirectory(at: archive, withIntermediateDirectories: false)
            for folder in [share.root, share.inbox, share.outbox, share.state] {
                try await BuiltProgram.tool("chown", ["65534:65534", folder.path])
            }
            try await Self.serve(share, as: "65534") { service in
                try await Self.dropBatch(share)
                try await BuiltProgram.tool("chown", ["-R", "65534:65534", share.inbox.path + "/dealers"])
                #expect(await service.printsError("INFO delivered"))
                #expect(await service.printsError("files may not be moved"))
                try await share.expectWholeZip(videos: 1)
                #expect(FileManager.default.fileExists(atPath: share.inbox.path + "/dealers/anna.wav"))
            }
            try await BuiltProgram.tool("chown", ["65534:65534", archive.path])
            try await Self.serve(share, as: "65534") { service in
                #expect(await service.printsError("moved at last"))
                #expect(!FileManager.default.fileExists(atPath: share.inbox.path + "/dealers/anna.wav"))
                let zips = try share.results(".zip")
                #expect(zips.count == 1)
            }
        }
    }
}
