import Foundation
import TestPrograms
import Testing

/// Settings reach the parts that they are for.
@Suite struct ServiceSettingsTests {
    @Test("markers, default avatar, height, language, mode and what becomes of the inputs are as set")
    func all() async throws {
        try await Share.with { share in
            try share.drop(try await share.sound(), "b/one.wav")
            try share.drop(Data(), "b/empty.wav")
            try share.drop(Data("title: 七月\ntags: [sale]\nexpect: 2\n".utf8), "b/Done.FLAG.txt")
            let faces = share.root.appendingPathComponent("faces")
            try FileManager.default.createDirectory(at: faces, withIntermediateDirectories: false)
            for name in ["presenter.png", "presenter.face.json"] {
                try FileManager.default.copyItem(
                    at: BuiltProgram.samples.appendingPathComponent(name), to: faces.appendingPathComponent(name))
            }
            let configuration = share.root.appendingPathComponent("my.yaml")
            try """
            inbox: "\(share.inbox.path)"
            outbox: "\(share.outbox.path)"
            state: "\(share.state.path)"
            markers: ["*.flag"]
            default_avatar: faces/presenter.png
            max_height: 240
            language: zh
            mode: 0660
            after_delivery: keep
            """.write(to: configuration, atomically: true, encoding: .utf8)

            let result = try await BuiltProgram.run(
                ["run", "--once", "--config", "my.yaml"], in: share.root, environment: Share.quick)

            #expect(result.status == 1, "\(result.errors)")
            let csv = try #require(try share.results(".csv").first)
            let rows = try share.rows(of: csv)
            #expect(rows["one"]?["status"] == "ok")
            #expect(rows["one"]?["batch"] == "七月")
            #expect(rows["one"]?["tags"] == "sale")
            #expect(Int(rows["one"]?["height"] ?? "") == 240)
            #expect(rows["empty"]?["message"] == "empty.wav 是空文件。请重新复制。")
            for file in try share.results("") where file.lastPathComponent != "status.txt" {
                let mode = try FileManager.default.attributesOfItem(atPath: file.path)[.posixPermissions] as? Int
                #expect(mode == 0o660, "\(file.lastPathComponent)")
            }
            for kept in ["b/one.wav", "b/empty.wav", "b/Done.FLAG.txt"] {
                #expect(
                    FileManager.default.fileExists(atPath: share.inbox.appendingPathComponent(kept).path), "\(kept)")
            }
        }
    }

    @Test("another height is another video; with the same settings it is used again")
    func renderKey() async throws {
        try await Share.with { share in
            let sound = try await share.sound()
            for (batch, height) in [("a", "240"), ("b", "240"), ("c", "180")] {
                try share.dropFace("\(batch)/avatar.png")
                try share.drop(sound, "\(batch)/one.wav")
                try share.drop("\(batch)/batch.ready")
                let environment = Share.quick.merging(["HEYGEM_WATCH_MAX_HEIGHT": height]) { $1 }
                let result = try await BuiltProgram.run(["run", "--once"] + share.options, environment: environment)
                #expect(result.status == 0, "\(result.errors)")
            }
            let videos = try FileManager.default.contentsOfDirectory(
                atPath: share.state.appendingPathComponent("work").path
            )
            .filter { $0.hasSuffix(".mp4") }
            #expect(videos.count == 2)
        }
    }

    @Test(
        "what can't be is told before anything begins",
        arguments: [
            (["HEYGEM_WATCH_OWNER": "nobody-here"], "this machine knows no user “nobody-here”"),
            (["HEYGEM_WATCH_GROUP": "nogroup-here"], "this machine knows no group “nogroup-here”"),
            (["HEYGEM_WATCH_DEFAULT_AVATAR": "inbox/b/face.png"], "lies in the inbox"),
        ])
    func refused(environment: [String: String], says: String) async throws {
        try await Share.with { share in
            let result = try await BuiltProgram.run(
                ["run", "--once"] + share.options, in: share.root, environment: environment)
            #expect(result.status == 3, "\(result.errors)")
            #expect(result.errors.contains(says), "\(result.errors)")
        }
    }
}
