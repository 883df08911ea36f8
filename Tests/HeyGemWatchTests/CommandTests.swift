import Foundation
import TestPrograms
import Testing

/// The commands beside `run`, and how each ends.
@Suite struct CommandTests {
    struct Misuse: Sendable, CustomTestStringConvertible {
        var arguments: [String]
        var configuration: String?
        var status: Int32
        var says: String

        var testDescription: String { "\(arguments) \(configuration ?? "")" }
    }

    static let misuses = [
        Misuse(arguments: ["dance"], status: 2, says: "dance"),
        Misuse(arguments: ["run", "--bogus"], status: 2, says: "bogus"),
        Misuse(arguments: ["run"], status: 3, says: "inbox"),
        Misuse(arguments: ["run", "--config", "none.yaml"], status: 3, says: "none.yaml"),
        Misuse(arguments: ["run"], configuration: "inbox: a\nsettel: 2s\n", status: 3, says: "line 2: settel"),
        Misuse(arguments: ["run"], configuration: "settle: 2\n", status: 3, says: "line 1: settle"),
        Misuse(arguments: ["run"], configuration: "workers: [1]\n", status: 3, says: "line 1: workers"),
        Misuse(arguments: ["run", "--inbox", "/none", "--outbox", "outbox"], status: 4, says: "/none"),
        Misuse(arguments: ["run", "--inbox", "inbox", "--outbox", "out"], status: 4, says: "out"),
        Misuse(arguments: ["run", "--inbox", "inbox", "--outbox", "inbox"], status: 3, says: "lies in the inbox"),
        Misuse(
            arguments: ["run", "--inbox", "inbox", "--outbox", "outbox", "--state", "inbox/s"], status: 3,
            says: "lies in the inbox"),
        Misuse(arguments: ["render", "a.png", "a.wav", "out.avi"], status: 2, says: ".mp4"),
        Misuse(arguments: ["render", "a.png", "a.wav", "o.mp4", "--life", "wild"], status: 2, says: "lively"),
        Misuse(arguments: ["render", "a.png", "a.wav", "o.mp4", "--head-motion", "3"], status: 2, says: "head-motion"),
        Misuse(arguments: ["demo", "--folder", "."], status: 4, says: "samples"),
        Misuse(
            arguments: ["demo", "--samples", BuiltProgram.samples.path, "--folder", "."], status: 4,
            says: "other files"),
        Misuse(arguments: ["pack", "inbox", "o.zip"], status: 1, says: "no videos"),
        Misuse(arguments: ["render", "/none.png", "/none.wav", "out.mp4"], status: 4, says: "/none.png"),
    ]

    @Test("what can't work ends with its code and a sentence", arguments: misuses)
    func misuse(_ misuse: Misuse) async throws {
        try await Share.with { share in
            if let text = misuse.configuration {
                try Data(text.utf8).write(to: share.root.appendingPathComponent("heygem-watch.yaml"))
            }
            // not the machine's own
            let state = ["HEYGEM_WATCH_STATE": share.root.appendingPathComponent("state").path]
            let result = try await BuiltProgram.run(misuse.arguments, in: share.root, environment: state)
            #expect(result.status == misuse.status)
            #expect(result.errors.contains(misuse.says), "\(result.errors)")
        }
    }

    @Test("mouth prints 50 rows a second with values from 0 to 1")
    func mouth() async throws {
        let sample = BuiltProgram.samples.appendingPathComponent("spanish.wav")
        let seconds = try await BuiltProgram.seconds(of: sample)
        let result = try await BuiltProgram.run(["mouth", sample.path])
        let rows = CSVLines(result.output).rows
        #expect(result.status == 0, "\(result.errors)")
        #expect(rows.first == ["time", "open", "wide", "round"])
        #expect(abs(rows.count - 1 - Int(seconds * 50)) <= 1)
        for (index, row) in rows.dropFirst().enumerated() {
            #expect(abs((Double(row[0]) ?? -1) - Double(index) * 0.02) < 0.005)
            #expect(row.dropFirst().allSatisfy { (0...1).contains(Double($0) ?? -1) })
        }
    }

    @Test("render makes a video as long as the sound, 25 frames a second, index in front")
    func render() async throws {
        try await Share.with { share in
            let out = share.root.appendingPathComponent("out.mp4")
            let face = share.root.appendingPathComponent("face.png")
            for name in ["presenter.png", "presenter.face.json"] {
                let target = share.root.appendingPathComponent(name.replacingOccurrences(of: "presenter", with: "face"))
                try FileManager.default.copyItem(at: BuiltProgram.samples.appendingPathComponent(name), to: target)
            }
            let sound = share.root.appendingPathComponent("s.wav")
            try await share.sound().write(to: sound)

            let result = try await BuiltProgram.run(["render", face.path, sound.path, out.path])

            #expect(result.status == 0, "\(result.errors)")
            let seconds = try await BuiltProgram.seconds(of: sound)
            #expect(abs(try await BuiltProgram.seconds(of: out) - seconds) < 0.06)
            let bytes = try Data(contentsOf: out)
            let index = try #require(bytes.range(of: Data("moov".utf8)))
            let media = try #require(bytes.range(of: Data("mdat".utf8)))
            #expect(index.lowerBound < media.lowerBound)
        }
    }

    @Test("render follows what is said about life: with all of it at 0 a lively still is one without life")
    func life() async throws {
        try await Share.with { share in
            let face = BuiltProgram.samples.appendingPathComponent("presenter.png").path
            let sound = share.root.appendingPathComponent("s.wav")
            try await share.sound().write(to: sound)
            func video(_ options: [String]) async throws -> Data {
                let out = share.root.appendingPathComponent("out.mp4")
                let result = try await BuiltProgram.run(
                    ["render", face, sound.path, out.path, "--overwrite", "--quality", "draft"] + options)
                #expect(result.status == 0, "\(result.errors)")
                return try Data(contentsOf: out)
            }
            let without = try await video(["--life", "off"])
            let none = ["--blinks", "0", "--head-motion", "0", "--breathing", "0", "--brows", "0"]
            #expect(try await video(["--life", "lively"] + none) == without)
            #expect(try await video([]) != without)
        }
    }

    @Test("an unknown variable of ours is told")
    func unknownVariable() async throws {
        let result = try await BuiltProgram.run(["status"], environment: ["HEYGEM_WATCH_SETLE": "3s"])
        #expect(result.status == 3)
        #expect(result.errors.contains("HEYGEM_WATCH_SETLE"))
    }

    @Test("face draws the points and writes them down; where no face is found it writes a start to correct")
    func face() async throws {
        try await Share.with { share in
            let drawn = share.root.appendingPathComponent("drawn.png")
            try await share.landscape().write(to: drawn)

            let first = try await BuiltProgram.run(["face", drawn.path])
            let second = try await BuiltProgram.run(["face", drawn.path])

            #expect(first.status == 1 && first.errors.contains("drawn.face.json"), "\(first.errors)")
            #expect(second.status == 0 && second.output.contains("shows the points"), "\(second.errors)")
            let names = try FileManager.default.contentsOfDirectory(atPath: share.root.path)
            #expect(Set(names).isSuperset(of: ["drawn.face.json", "drawn.points.png"]))
            #expect(!names.contains { $0.hasSuffix(".partial") })
        }
    }

    @Test("status tells of a service that does not run, also as JSON")
    func status() async throws {
        try await Share.with { share in
            try share.dropFace("b/avatar.png")
            try share.drop(try await share.sound(), "b/one.wav")
            _ = try await BuiltProgram.run(["run", "--once"] + share.options, environment: Share.quick)

            let text = try await BuiltProgram.run(["status"] + share.options)
            let json = try await BuiltProgram.run(["status", "--json"] + share.options)

            #expect(text.status == 0, "\(text.errors)")
            #expect(text.output.contains("not running") && text.output.contains("marker"), "\(text.output)")
            #expect((try JSONSerialization.jsonObject(with: Data(json.output.utf8)) as? [String: Any]) != nil)
        }
    }
}

extension BuiltProgram {
    static func seconds(of file: URL) async throws -> Double {
        let text = try await tool(
            "ffprobe", ["-v", "error", "-show_entries", "format=duration", "-of", "csv=p=0", file.path])
        return try #require(Double(text.trimmingCharacters(in: .whitespacesAndNewlines)))
    }
}
