import Delivery
import Foundation
import TestPrograms
import Testing

/// Names and words that would write to the terminal of whoever reads about them, at every outlet of the real programs.
@Suite struct ControlCharacterTests {
    /// An escape sequence, a line's end with a line that looks like ours, C1, a turn of direction, a bell.
    static let evil = "\u{1B}]0;owned\u{07}\u{1B}[31m\nINFO delivered\r\u{9B}2J\u{202E}gpj\u{2028}"

    /// One that is a file's name.
    static let name = "x" + evil

    /// What must never come out. A tab or a line's end of our own may.
    private static func harm(in text: String) -> [Unicode.Scalar] {
        text.unicodeScalars.filter { scalar in
            switch scalar.value {
            case 0x09, 0x0A, 0x0D, 0xFEFF: false
            case 0..<0x20, 0x7F..<0xA0, 0x2028, 0x2029, 0x202A...0x202E, 0x2066...0x2069: true
            default: false
            }
        }
    }

    private func expectPlain(_ text: String, _ outlet: String) {
        #expect(Self.harm(in: text).isEmpty, "\(outlet): \(text.debugDescription)")
        let forged = text.split(whereSeparator: \.isNewline).filter { $0.hasPrefix("INFO delivered") }
        #expect(forged.isEmpty, "\(outlet)")
    }

    @Test("names, titles, tags and rows of tables come out without control characters, wherever they are told")
    func everyOutlet() async throws {
        try await Share.with { share in
            try await drop(share)
            let result = try await run(["run", "--once"] + share.options)
            expectPlain(result.errors, "standard error")
            // all of it was used: else nothing would have been proven
            #expect(result.errors.contains("?]0;owned?"))
            let zip = try #require(try share.results(".zip").first, "\(result.errors)")
            for file in try texts(in: share) { expectPlain(try String(contentsOf: file, encoding: .utf8), file.path) }
            let state = ["--inbox", share.inbox.path, "--outbox", share.outbox.path, "--state", share.state.path]
            for command in [
                ["status"], ["status", "--json"], ["history"], ["history", "--json"], ["history", "--csv"],
                ["retry", Self.evil], ["cancel", Self.evil], ["check"],
            ] {
                let told = try await run(command + state)
                expectPlain(told.output, command.joined(separator: " "))
                expectPlain(told.errors, command.joined(separator: " "))
            }
            for arguments in [[zip.path], ["--json", zip.path], [share.root.path + "/" + Self.evil]] {
                let told = try await run(["verify"] + arguments)
                expectPlain(told.output + told.errors, "verify")
            }
            let names = try await BuiltProgram.tool("unzip", ["-Z1", zip.path])
            expectPlain(names, "the names in the ZIP")
        }
    }

    @Test("the JSON of the status says the true names nevertheless")
    func trueNames() async throws {
        try await Share.with { share in
            try share.drop(Data(), "b/\(Self.name).xyz")
            try share.drop(sample: "presenter.png", "b/\(Self.name).png")
            _ = try await run(["run", "--once"] + share.options)
            let told = try await run(["status", "--json"] + share.options)
            expectPlain(told.output, "status --json")
            let status = try ServiceStatus.decode(Data(told.output.utf8))
            #expect(status.batches.first?.others == ["b/\(Self.name).xyz"])
        }
    }

    private func drop(_ share: Share) async throws {
        let sound = try await share.sound()
        try share.dropFace("b\(Self.evil)/avatar.png")
        try share.drop(sound, "b\(Self.evil)/\(Self.name).wav")
        try share.drop(sound, "b\(Self.evil)/deep\(Self.evil)/two.wav")
        try share.drop(Data("no sound\u{1B}[31m".utf8), "b\(Self.evil)/bad\(Self.evil).wav")
        try share.drop(Data(), "b\(Self.evil)/other\(Self.evil).xyz")
        let rows = "audio,name,tags\n\"deep\(Self.evil)/two.wav\",\"named\u{1B}[31m\u{202E}\u{9B}\",\"t\u{1B}[1m\"\n"
        try share.drop(Data(rows.utf8), "held/items.csv")
        try share.drop(
            Data("title: \"a\\u202Eb\"\noperator: \"o\\u2066p\"\ntags: [\"t\\u2069u\"]\n".utf8),
            "b\(Self.evil)/batch.ready")
        try share.drop(sound, "held/\(Self.name).wav")
        try share.drop(Data("titel\u{85}\u{202E}: x\n".utf8), "held/batch.ready")
    }

    private func run(_ arguments: [String]) async throws -> BuiltProgram.Result {
        try await BuiltProgram.run(arguments, environment: Share.quick)
    }

    /// What people read: results, notes, logs, states; no media, no ledger.
    private func texts(in share: Share) throws -> [URL] {
        let endings = [".csv", ".txt", ".log", ".json", ".sha256", ".ready"]
        let all = try #require(FileManager.default.enumerator(at: share.root, includingPropertiesForKeys: nil))
        return all.compactMap { $0 as? URL }.filter { url in
            // what the user dropped stays as it was
            let isOurs =
                !url.path.contains("/inbox/b") && !url.path.contains("/inbox/held") || url.path.hasSuffix(".error.txt")
            return isOurs && !url.path.contains("/_archive/")
                && endings.contains { url.lastPathComponent.hasSuffix($0) }
                && !url.lastPathComponent.hasSuffix("items.csv")
        }
    }
}
