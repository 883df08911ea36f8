import Foundation
import TestPrograms
import Testing

/// `run --once` on real files, as a person would use it.
@Suite struct RunOnceTests {
    /// What is dropped beside good items, and what the CSV has to say of it.
    struct BadInput: Sendable, CustomTestStringConvertible {
        var item: String
        var status: String
        var reason: String
        /// A word of the sentence that a user reads.
        var says: String
        var drop: @Sendable (Share) async throws -> Void

        var testDescription: String { item }
    }

    static let bad: [BadInput] = [
        BadInput(item: "empty", status: "rejected", reason: "empty", says: "empty") { share in
            try share.drop("b/empty.wav")
        },
        BadInput(item: "text", status: "rejected", reason: "unsupported", says: "text.wav") { share in
            try share.drop(Data("This is no sound.\n".utf8), "b/text.wav")
        },
        BadInput(item: "cut", status: "rejected", reason: "cut", says: "cut.mp4") { share in
            let whole = try await share.clip(seconds: 2)
            try share.drop(whole.prefix(whole.count / 2), "b/cut.mp4")
            try share.drop(await share.sound(), "b/cut.wav")
        },
        BadInput(item: "noface", status: "rejected", reason: "no_face", says: "face") { share in
            try share.drop(await share.landscape(), "b/noface.png")
            try share.drop(await share.sound(), "b/noface.wav")
        },
        BadInput(item: "lonely", status: "unpaired", reason: "no_partner", says: "lonely") { share in
            try share.drop(sample: "presenter.png", "b/lonely.png")
        },
    ]

    @Test("good items are delivered beside bad ones, each bad one with its reason, and the exit code is 1")
    func goodAndBad() async throws {
        try await Share.with { share in
            try share.dropFace("b/avatar.png")
            let sound = try await share.sound()
            let names = ["好的 演示", "こんにちは", "smile 😀", "it's \"quoted\"", "-dash", "CON", "a:b"]
            for name in names { try share.drop(sound, "b/\(name).wav") }
            for bad in Self.bad { try await bad.drop(share) }
            try FileManager.default.createSymbolicLink(
                atPath: share.inbox.appendingPathComponent("b/link.wav").path, withDestinationPath: "/etc/passwd")
            try share.drop("b/batch.ready")

            let result = try await BuiltProgram.run(["run", "--once"] + share.options, environment: Share.quick)

            #expect(result.status == 1, "\(result.errors)")
            let csv = try #require(try share.results(".csv").first)
            let rows = try share.rows(of: csv)
            for name in names {
                #expect(rows[name]?["status"] == "ok" || rows["'" + name]?["status"] == "ok", "\(name)")
            }
            for bad in Self.bad {
                #expect(rows[bad.item]?["status"] == bad.status, "\(bad.item)")
                #expect(rows[bad.item]?["reason"] == bad.reason, "\(bad.item)")
                #expect(rows[bad.item]?["message"]?.contains(bad.says) == true, "\(rows[bad.item]?["message"] ?? "")")
            }
            #expect(rows["link"]?["reason"] == "not_a_file")
            try await share.expectWholeZip(videos: names.count)
        }
    }

    @Test("a batch without bad items ends with 0, its inputs are in the archive, and the inbox is empty")
    func allGood() async throws {
        try await Share.with { share in
            try share.dropFace("b/avatar.png")
            try share.drop(try await share.sound(), "b/vip/one.wav")
            try share.drop("b/batch.ready")

            let result = try await BuiltProgram.run(["run", "--once"] + share.options, environment: Share.quick)

            #expect(result.status == 0, "\(result.errors)")
            let rows = try share.rows(of: try #require(try share.results(".csv").first))
            #expect(rows["vip/one"]?["tags"] == "vip")
            #expect(rows["vip/one"]?["attempts"] == "1")
            #expect(!FileManager.default.fileExists(atPath: share.inbox.appendingPathComponent("b").path))
            let archive = try FileManager.default.subpathsOfDirectory(
                atPath: share.inbox.appendingPathComponent("_archive").path)
            #expect(archive.contains { $0.hasSuffix("vip/one.wav") })
            try await share.expectWholeZip(videos: 1)
        }
    }

    @Test("a marker that was there from the start is not early: closing waits for quiet, not for the late grace")
    func markerFromTheStart() async throws {
        try await Share.with { share in
            try share.drop("b/a first.batch")
            try share.dropFace("b/avatar.png")
            try share.drop(try await share.sound(), "b/one.wav")
            let patience = Share.quick.merging(["HEYGEM_WATCH_LATE_GRACE": "1h"]) { $1 }

            let result = try await BuiltProgram.run(["run", "--once"] + share.options, environment: patience)

            #expect(result.status == 0, "\(result.errors)")
            try await share.expectWholeZip(videos: 1)
        }
    }

    @Test("a batch without a marker is rendered and left where it is")
    func noMarker() async throws {
        try await Share.with { share in
            try share.dropFace("b/avatar.png")
            try share.drop(try await share.sound(), "b/one.wav")

            let result = try await BuiltProgram.run(["run", "--once"] + share.options, environment: Share.quick)

            #expect(result.status == 0, "\(result.errors)")
            #expect(try share.results(".zip").isEmpty)
            #expect(FileManager.default.fileExists(atPath: share.inbox.appendingPathComponent("b/one.wav").path))
        }
    }
}
