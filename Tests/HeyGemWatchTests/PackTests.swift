import Foundation
import TestPrograms
import Testing

/// `pack`, as people call it.
@Suite struct PackTests {
    @Test("a ZIP of a folder has its table first, with the CRC and the hash of each video, and natural order")
    func folder() async throws {
        try await Share.with { share in
            let folder = share.root.appendingPathComponent("videos")
            for (name, text) in [("clip 10.mp4", "ten"), ("clip 9.mp4", "nine"), ("vip/a.mov", "a"), ("=x.mkv", "x")] {
                let file = folder.appendingPathComponent(name)
                try FileManager.default.createDirectory(
                    at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
                try Data(text.utf8).write(to: file)
            }
            let zip = share.root.appendingPathComponent("out.zip")

            let result = try await BuiltProgram.run(["pack", folder.path, zip.path, "--sha256"])

            #expect(result.status == 0, "\(result.errors)")
            let names = try await BuiltProgram.tool("unzip", ["-Z1", zip.path]).split(separator: "\n").map(String.init)
            #expect(names == ["metadata.csv", "_x.mkv", "clip 9.mp4", "clip 10.mp4", "vip/a.mov"])
            let table = share.root.appendingPathComponent("metadata.csv")
            try await BuiltProgram.tool("unzip", ["-qq", zip.path, "metadata.csv", "-d", share.root.path])
            let nine = try share.rows(of: table)["clip 9.mp4"]
            #expect(nine?["crc32"] == "7b1d7c7d" && nine?["bytes"] == "4")
            #expect(nine?["sha256"]?.count == 64)
            #expect(try share.rows(of: table)["'=x.mkv"]?["video"] == "_x.mkv")
            #expect(try await BuiltProgram.run(["verify", zip.path]).status == 0)
        }
    }

    /// Two videos, one with a tag, and a row without.
    private static func deliver(_ share: Share) async throws {
        try share.dropFace("july/avatar.png")
        try share.drop(try await share.sound(), "july/001 Anna.wav")
        try share.drop(try await share.sound(), "july/vip/002 Bob.wav")
        try share.drop(Data("no sound".utf8), "july/003.wav")
        try share.drop(Data(), "july/batch.ready")
        let run = try await BuiltProgram.run(["run", "--once"] + share.options, environment: Share.quick)
        try #require(run.status == 1, "\(run.errors)")
    }

    private static func names(_ zip: URL) async throws -> [String] {
        try await BuiltProgram.tool("unzip", ["-Z1", zip.path]).split(separator: "\n").map(String.init)
    }

    private static func rows(_ zip: URL, _ share: Share) async throws -> Int {
        try await BuiltProgram.tool("unzip", ["-p", zip.path, "metadata.csv"]).split(separator: "\r\n").count - 1
    }

    @Test("a part of a batch: by tag, by name, only what has a video; from kept videos, and from the ZIP without them")
    func batch() async throws {
        try await Share.with { share in
            try await Self.deliver(share)
            let zip = share.root.appendingPathComponent("part.zip")
            let pack = { (more: [String]) in
                try await BuiltProgram.run(["pack", "--batch", "july", zip.path, "--overwrite"] + more + share.options)
            }
            for source in ["kept", "delivered"] {
                #expect(try await pack([]).status == 0)
                #expect(try await Self.names(zip) == ["metadata.csv", "001 Anna.mp4", "vip/002 Bob.mp4"], "\(source)")
                #expect(try await Self.rows(zip, share) == 3)
                #expect(try await BuiltProgram.run(["verify", zip.path]).status == 0)

                #expect(try await pack(["--only-ok"]).status == 0)
                #expect(try await Self.rows(zip, share) == 2)

                #expect(try await pack(["--tag", "vip", "--tag", "other"]).status == 0)
                #expect(try await Self.names(zip) == ["metadata.csv", "vip/002 Bob.mp4"])

                #expect(try await pack(["--name", "00? A*"]).status == 0)
                #expect(try await Self.names(zip) == ["metadata.csv", "001 Anna.mp4"])

                let none = try await pack(["--name", "003"])
                #expect(none.status == 1 && none.errors.contains("has a video"), "\(none.errors)")

                for video in try FileManager.default.contentsOfDirectory(
                    at: share.state.appendingPathComponent("work"), includingPropertiesForKeys: nil
                ) where video.pathExtension == "mp4" {
                    try FileManager.default.removeItem(at: video)
                }
            }
        }
    }

    @Test("a video that was changed is taken from the ZIP; one that is nowhere any more is named, and no ZIP is left")
    func lost() async throws {
        try await Share.with { share in
            try await Self.deliver(share)
            let zip = share.root.appendingPathComponent("part.zip")
            let work = share.state.appendingPathComponent("work")
            let videos = try FileManager.default.contentsOfDirectory(at: work, includingPropertiesForKeys: nil)
                .filter { $0.pathExtension == "mp4" }
            var bytes = try Data(contentsOf: try #require(videos.first))
            bytes[bytes.count / 2] ^= 1
            try bytes.write(to: try #require(videos.first))

            let changed = try await BuiltProgram.run(["pack", "--batch", "july", zip.path] + share.options)
            #expect(changed.status == 0, "\(changed.errors)")
            #expect(try await BuiltProgram.run(["verify", zip.path]).status == 0)
            try FileManager.default.removeItem(at: zip)
            try FileManager.default.removeItem(at: try #require(try share.results(".zip").first))
            let gone = try await BuiltProgram.run(["pack", "--batch", "july", zip.path] + share.options)
            let unknown = try await BuiltProgram.run(["pack", "--batch", "june", zip.path] + share.options)

            #expect(gone.status == 1 && gone.errors.contains("heygem-watch retry"), "\(gone.errors)")
            #expect(unknown.status == 2 && unknown.errors.contains("june"), "\(unknown.errors)")
            let left = try FileManager.default.contentsOfDirectory(atPath: share.root.path)
            #expect(!left.contains { $0.contains("part.zip") })
        }
    }

    /// The ledger now takes the kept videos as they are for those that were checked.
    private static func trustKept(_ share: Share) async throws {
        let script = """
            import json, os, sqlite3, sys
            state = sys.argv[1]
            ledger = sqlite3.connect(state + "/ledger.sqlite")
            for key, text in ledger.execute("SELECT render, detail FROM item WHERE status = 'ok'").fetchall():
                (file, detail) = (os.stat(f"{state}/work/{key}.mp4"), json.loads(text))
                assert set(detail["facts"]["file"]) == {"inode", "size", "modified", "changed", "blocks"}
                detail["facts"]["file"] = {"inode": file.st_ino, "size": file.st_size, "modified": file.st_mtime_ns,
                    "changed": file.st_ctime_ns, "blocks": file.st_blocks}
                ledger.execute("UPDATE item SET detail = ? WHERE render = ?", (json.dumps(detail), key))
            ledger.commit()
            """
        try await BuiltProgram.tool("python3", ["-c", script, share.state.path])
    }

    @Test("a kept video that nobody touched, but whose disk gives other bytes, is taken from the ZIP")
    func rotten() async throws {
        try await Share.with { share in
            try await Self.deliver(share)
            let work = share.state.appendingPathComponent("work")
            for video in try FileManager.default.contentsOfDirectory(at: work, includingPropertiesForKeys: nil)
            where video.pathExtension == "mp4" {
                var bytes = try Data(contentsOf: video)
                bytes[bytes.count / 2] ^= 1
                try bytes.write(to: video)
            }
            try await Self.trustKept(share)
            let zip = share.root.appendingPathComponent("part.zip")

            let pack = try await BuiltProgram.run(["pack", "--batch", "july", zip.path] + share.options)

            #expect(pack.status == 0, "\(pack.errors)")
            #expect(try await Self.names(zip) == ["metadata.csv", "001 Anna.mp4", "vip/002 Bob.mp4"])
            #expect(try await BuiltProgram.run(["verify", zip.path]).status == 0)
        }
    }

    /// Five videos of 400 kB.
    private static func fillFolder(_ share: Share) throws -> URL {
        let folder = share.root.appendingPathComponent("videos")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        for number in 1...5 {
            let bytes = Data((0..<400_000).map { UInt8(truncatingIfNeeded: $0 &* number) })
            try bytes.write(to: folder.appendingPathComponent("clip \(number).mp4"))
        }
        return folder
    }

    @Test("ZIPs of a folder that may only be so large are several, each with the table of its own videos")
    func parts() async throws {
        try await Share.with { share in
            let folder = try Self.fillFolder(share)
            let zip = share.root.appendingPathComponent("out.zip")
            let pack = try await BuiltProgram.run(["pack", folder.path, zip.path, "--max-zip-size", "1MB"])
            #expect(pack.status == 0, "\(pack.errors)")
            for number in 1...3 {
                let part = share.root.appendingPathComponent("out-\(number)of3.zip")
                #expect(try Data(contentsOf: part).count <= 1_000_000)
                let names = (number * 2 - 1...min(5, number * 2)).map { "clip \($0).mp4" }
                #expect(try await Self.names(part) == ["metadata.csv"] + names)
                #expect(try await Self.rows(part, share) == names.count)
                #expect(try await BuiltProgram.run(["verify", part.path]).status == 0)
                #expect(pack.errors.contains("\(part.path): \(names.count) video"), "\(pack.errors)")
            }
            #expect(!FileManager.default.fileExists(atPath: zip.path))
        }
    }

    @Test("a video that is larger than a ZIP may be is packed all the same, alone, and told")
    func tooLarge() async throws {
        try await Share.with { share in
            let folder = try Self.fillFolder(share)
            try Data(count: 1_000_001).write(to: folder.appendingPathComponent("clip 2b.mp4"))
            let zip = share.root.appendingPathComponent("out.zip")
            let pack = try await BuiltProgram.run(["pack", folder.path, zip.path, "--max-zip-size", "1MB"])
            #expect(pack.status == 0 && pack.errors.contains("out-2of4.zip: 1 video, larger"), "\(pack.errors)")
            #expect(pack.errors.split(separator: "\n").count { $0.contains("larger") } == 1)
        }
    }

    @Test("where one of several ZIPs can't be made there is none, and what stood there stays")
    func partTaken() async throws {
        try await Share.with { share in
            let folder = try Self.fillFolder(share)
            let out = share.root.appendingPathComponent("out")
            try FileManager.default.createDirectory(at: out, withIntermediateDirectories: true)
            let taken = out.appendingPathComponent("all-2of3.zip")
            try Data("theirs".utf8).write(to: taken)
            let arguments = ["pack", folder.path, out.appendingPathComponent("all.zip").path, "--max-zip-size", "1MB"]
            let refused = try await BuiltProgram.run(arguments)
            #expect(
                refused.status == 4 && refused.errors.contains("all-2of3.zip is there already"), "\(refused.errors)")
            #expect(try FileManager.default.contentsOfDirectory(atPath: out.path) == ["all-2of3.zip"])
            #expect(try await BuiltProgram.run(arguments + ["--overwrite"]).status == 0)
            #expect(try FileManager.default.contentsOfDirectory(atPath: out.path).count == 3)
        }
    }

    @Test(
        "a size that is none, or too small for any video, is refused with words",
        arguments: ["4", "large", "0", "999kB"])
    func wrongSize(size: String) async throws {
        let result = try await BuiltProgram.run(["pack", "/tmp", "/tmp/out.zip", "--max-zip-size", size])
        #expect(result.status == 2 && result.errors.contains("--max-zip-size needs"), "\(result.errors)")
    }
}
