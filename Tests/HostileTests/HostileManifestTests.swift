import Foundation
import TestPrograms
import Testing

/// Markers, tables and points that want more than they may: each batch is held or its item refused, with the reason.
@Suite struct HostileManifestTests {
    struct Manifest: Sendable, CustomTestStringConvertible {
        var name: String
        /// In the batch's folder.
        var file: String
        var text: @Sendable (URL) -> String
        var testDescription: String { name }
    }

    static let held = [
        Manifest(name: "laughs", file: "batch.ready") { _ in
            let rows = (1...9).map {
                "l\($0): &l\($0) [" + Array(repeating: "*l\($0 - 1)", count: 9).joined(separator: ",") + "]"
            }
            return "l0: &l0 lol\n" + rows.joined(separator: "\n") + "\ntitle: *l9\n"
        },
        Manifest(name: "deep", file: "batch.ready") { _ in "title: " + String(repeating: "[", count: 30_000) },
        Manifest(name: "long", file: "batch.ready") { _ in String(repeating: "# long\n", count: 20_000) },
        Manifest(name: "object", file: "batch.ready") { _ in
            "title: !!python/object/apply:os.system [\"touch /tmp/owned\"]\n"
        },
        Manifest(name: "include", file: "batch.ready") { outside in "title: !include \(outside.path)\n" },
        Manifest(name: "huge", file: "batch.ready") { _ in "expect: 99999999999999999999999\n" },
        Manifest(name: "upwards", file: "items.csv") { _ in "audio,avatar\none.wav,../../outside/secret.png\n" },
        Manifest(name: "absolute", file: "items.csv") { outside in
            "audio,avatar\n\(outside.path)/secret.wav,avatar.png\n"
        },
        Manifest(name: "round", file: "items.csv") { _ in "audio,avatar\nx/../../../outside/secret.wav,avatar.png\n" },
        Manifest(name: "backslash", file: "items.csv") { _ in "audio,avatar\none.wav,..\\..\\outside\\secret.png\n" },
        Manifest(name: "nul", file: "items.csv") { _ in "audio,avatar\none.wav\u{0}.png,avatar.png\n" },
        Manifest(name: "name", file: "items.csv") { _ in "audio,name\none.wav,../../outside/owned\n" },
        Manifest(name: "wide", file: "items.csv") { _ in
            "audio" + String(repeating: ",x", count: 1_000_000) + "\none.wav\n"
        },
        Manifest(name: "quote", file: "items.csv") { _ in
            "audio,avatar\n\"" + String(repeating: "a\n", count: 1_000_000)
        },
    ]

    static let points = [
        Manifest(name: "nested", file: "one.face.json") { _ in String(repeating: "[", count: 200_000) },
        Manifest(name: "endless", file: "one.face.json") { _ in
            #"{"eyeLeft":[1e999,0],"eyeRight":[1e999,1],"mouthLeft":[0,0],"mouthRight":[0,1]}"#
        },
        Manifest(name: "minus", file: "one.face.json") { _ in
            #"{"eyeLeft":[-1e308,-1e308],"eyeRight":[1e308,1e308],"mouthLeft":[0,0],"mouthRight":[1,1],"mouthTop":[0,0],"mouthBottom":[0,0],"chin":[9e18,9e18]}"#
        },
        Manifest(name: "same", file: "one.face.json") { _ in
            #"{"eyeLeft":[5,5],"eyeRight":[5,5],"mouthLeft":[5,5],"mouthRight":[5,5],"mouthTop":[5,5],"mouthBottom":[5,5],"chin":[5,5]}"#
        },
        Manifest(name: "million", file: "one.face.json") { _ in
            "{" + String(repeating: "\"a\":1,", count: 1_000_000) + "\"b\":1}"
        },
    ]

    @Test(
        "hostile markers and tables hold their batch, hostile points reject their item, and good batches are delivered")
    func everyManifest() async throws {
        try await Share.with { share in
            let outside = share.root.appendingPathComponent("outside")
            try FileManager.default.createDirectory(at: outside, withIntermediateDirectories: true)
            try FileManager.default.copyItem(
                at: BuiltProgram.samples.appendingPathComponent("presenter.png"),
                to: outside.appendingPathComponent("secret.png"))
            let sound = try await share.sound()
            for manifest in Self.held + Self.points {
                try share.drop(sound, "\(manifest.name)/one.wav")
                try share.drop(sample: "presenter.png", "\(manifest.name)/one.png")
                try share.drop("\(manifest.name)/batch.ready")
                try share.drop(Data(manifest.text(outside).utf8), "\(manifest.name)/\(manifest.file)")
            }
            try share.dropFace("good/one.png")
            try share.drop(sound, "good/one.wav")
            try share.drop("good/batch.ready")

            let result = try await BuiltProgram.run(["run", "--once"] + share.options, environment: Share.quick)

            #expect(result.status == 1, "\(result.errors.suffix(2000))")
            let delivered = try share.results(".csv")
            func table(of batch: String) -> URL? { delivered.first { $0.lastPathComponent.hasSuffix("_\(batch).csv") } }
            for manifest in Self.held where manifest.name != "name" {
                #expect(table(of: manifest.name) == nil, "\(manifest.name) was delivered")
                let note = share.inbox.appendingPathComponent("\(manifest.name)/batch.ready.error.txt")
                #expect(FileManager.default.fileExists(atPath: note.path), "\(manifest.name)")
            }
            for manifest in Self.points {
                let csv = try #require(table(of: manifest.name), "\(manifest.name): \(result.errors.suffix(2000))")
                #expect(try share.rows(of: csv)["one"]?["reason"] == "bad_points", "\(manifest.name)")
            }
            let good = try #require(table(of: "good"))
            #expect(try share.rows(of: good)["one"]?["status"] == "ok")
            #expect(try FileManager.default.contentsOfDirectory(atPath: outside.path) == ["secret.png"])
        }
    }
}
