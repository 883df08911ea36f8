import Foundation
import TestPrograms
import Testing

/// `verify`, on ZIPs as people have them.
@Suite struct VerifyTests {
    /// A ZIP of `pack`, with two videos.
    private func packed(_ share: Share) async throws -> URL {
        let folder = share.root.appendingPathComponent("videos/vip")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        try Data("the first video".utf8).write(to: folder.deletingLastPathComponent().appendingPathComponent("1.mp4"))
        try Data("the second video".utf8).write(to: folder.appendingPathComponent("二.mov"))
        let zip = share.root.appendingPathComponent("out.zip")
        let result = try await BuiltProgram.run(
            ["pack", folder.deletingLastPathComponent().path, zip.path, "--sha256"])
        try #require(result.status == 0, "\(result.errors)")
        return zip
    }

    @Test("a ZIP of pack is whole; JSON says the same")
    func whole() async throws {
        try await Share.with { share in
            let zip = try await packed(share)
            let text = try await BuiltProgram.run(["verify", zip.path])
            let json = try await BuiltProgram.run(["verify", "--json", zip.path])

            #expect(text.status == 0 && text.output.contains("all of it is there: 2 videos"), "\(text)")
            #expect(json.status == 0)
            let object = try #require(
                try JSONSerialization.jsonObject(with: Data(json.output.utf8)) as? [String: Any])
            #expect(object["ok"] as? Bool == true && object["videos"] as? Int == 2)
            let sum = try await BuiltProgram.tool("sha256sum", [zip.path]).prefix(64)
            #expect(object["sha256"] as? String == String(sum))
            #expect((object["items"] as? [[String: Any]])?.first?["video"] as? String == "1.mp4")
        }
    }

    @Test("a changed video, a lost end and a checksum that does not fit are told, each with 1")
    func damaged() async throws {
        try await Share.with { share in
            let zip = try await packed(share)
            let good = try Data(contentsOf: zip)
            let place = try #require(good.range(of: Data("the second video".utf8))).lowerBound
            var changed = good
            changed[place] ^= 0x20
            try changed.write(to: zip)
            let first = try await BuiltProgram.run(["verify", zip.path])
            try good.dropLast(100).write(to: zip)
            let second = try await BuiltProgram.run(["verify", zip.path])
            try good.write(to: zip)
            try Data((String(repeating: "0", count: 64) + "  out.zip\n").utf8)
                .write(to: URL(fileURLWithPath: zip.path + ".sha256"))
            let third = try await BuiltProgram.run(["verify", zip.path])

            #expect(first.status == 1 && first.output.contains("vip/二.mov: its bytes don't fit"), "\(first)")
            #expect(first.output.contains("1 of 2 videos"))
            #expect(second.status == 1 && second.output.contains("too early"), "\(second)")
            #expect(third.status == 1 && third.output.contains(".sha256"), "\(third)")
        }
    }

    @Test("other ZIPs, other files and no file at all are told; Chinese where it is set")
    func others() async throws {
        try await Share.with { share in
            let zip = share.root.appendingPathComponent("other.zip")
            let script = "import zipfile,sys; zipfile.ZipFile(sys.argv[1], 'w').writestr('a.mp4', 'x')"
            try await BuiltProgram.tool("python3", ["-c", script, zip.path])
            let foreign = try await BuiltProgram.run(["verify", zip.path])
            let chinese = try await BuiltProgram.run(
                ["verify", zip.path], environment: ["HEYGEM_WATCH_LANGUAGE": "zh"])
            let text = try await BuiltProgram.run(["verify", BuiltProgram.repository.path + "/README.md"])
            let none = try await BuiltProgram.run(["verify", share.root.path + "/none.zip"])

            #expect(foreign.status == 1 && foreign.output.contains("did not make"), "\(foreign)")
            #expect(chinese.status == 1 && chinese.output.contains("不是 HeyGemWatch"), "\(chinese)")
            #expect(text.status == 1 && text.output.contains("not a ZIP"), "\(text)")
            #expect(none.status == 4 && none.errors.contains("none.zip"), "\(none)")
        }
    }

    @Test("pack tells of the links that it passes over")
    func links() async throws {
        try await Share.with { share in
            _ = try await packed(share)
            let folder = share.root.appendingPathComponent("videos")
            try FileManager.default.createSymbolicLink(
                atPath: folder.appendingPathComponent("link.mp4").path, withDestinationPath: "1.mp4")
            let zip = share.root.appendingPathComponent("two.zip")
            let result = try await BuiltProgram.run(["pack", folder.path, zip.path])
            #expect(result.status == 0 && result.errors.contains("link.mp4"), "\(result)")
            #expect(try await BuiltProgram.run(["verify", zip.path]).status == 0)
        }
    }
}
