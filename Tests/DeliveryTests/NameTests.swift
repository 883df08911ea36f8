import Batch
import Delivery
import Disk
import Foundation
import Pack
import Render
import SystemPackage
import Testing

/// Whatever names a set of inputs has: real files, a real delivery, and what a person finds in it.
@Suite struct NameTests {
    @Test("names in the ZIP are unique and safe, and the CSV leads from each to its file", arguments: UInt64(1)...8)
    func anyNames(seed: UInt64) async throws {
        try await Scene.with { scene in
            var names = NameGenerator(seed: seed)
            let folder = names.component(ending: [])
            let inputs = Set((0..<12).map { _ in names.path() })
            let inbox = try scene.folder("inbox")
            try Self.put("face", folder + Array("/avatar.png".utf8), inbox)
            try Self.put("", folder + Array("/batch.ready".utf8), inbox)
            for (number, input) in inputs.enumerated() {
                try Self.put("speech \(number)", folder + [UInt8(ascii: "/")] + input, inbox)
            }
            let ledger = try scene.ledger()
            let summary = try await scene.deliver(ledger)
            #expect((summary.videos, summary.refused) == (inputs.count, 0), "seed \(seed)")
            try await Self.check(scene, summary, folder: folder, inputs: inputs, seed: seed)
            let isEmpty = try inbox.entries().allSatisfy { ["_archive", ".heygem-watch"].contains($0.name.string) }
            #expect(isEmpty, "seed \(seed)")
        }
    }

    @Test("names in the outbox fit where names are short", arguments: UInt64(1)...20)
    func shortNames(seed: UInt64) {
        var names = NameGenerator(seed: seed)
        let id = SafeName.batchID(
            closed: CivilTime(seconds: 1_766_150_407, timeZone: Scene.zone), batch: names.component(ending: []))
        for limit in [60, 100, 132, 244] {
            let bases = [1, 2, 10].map { SafeName.outboxBase(batchID: id, number: $0, maximumBytes: limit) }
            #expect(Set(bases).count == 3, "seed \(seed)")
            #expect(bases.allSatisfy { $0.utf8.count <= limit && SafeName.isSafe($0) }, "seed \(seed): \(bases)")
        }
    }

    private static func put(_ text: String, _ path: [UInt8], _ inbox: Folder) throws {
        let path = FilePath(bytes: path)
        try inbox.makeFolder(path.removingLastComponent(), mode: 0o755)
        let file = try inbox.create(path, mode: 0o644)
        try file.write(Array(text.utf8), at: 0)
    }

    private static func check(
        _ scene: Scene, _ summary: DeliverySummary, folder: [UInt8], inputs: Set<[UInt8]>, seed: UInt64
    ) async throws {
        let outbox = try scene.folder("outbox")
        let longest = try outbox.entries().map(\.name.string.utf8.count).max() ?? 0
        #expect(longest <= 143, "seed \(seed)")
        let base = FilePath(summary.delivery.baseName ?? "")
        let zip = try outbox.open(FilePath("\(base).zip"))
        _ = try ZipVerifier.verify(zip, expecting: nil)
        // the engine of these tests gives hashes of nothing, so only the names are of use
        let videos = try ArchiveCheck.report(on: zip, checksumFile: nil, table: nil).items.map(\.video)
        let folded = videos.map { $0.precomposedStringWithCanonicalMapping.lowercased() }
        #expect(Set(folded).count == inputs.count, "seed \(seed)")
        for video in videos { #expect(Self.isSafe(video), "seed \(seed): \(video)") }

        let records = try CSVText(try outbox.contents(of: FilePath("\(base).csv"), limit: .max - 1) ?? []).records
        let (audio, video, crc32) = (5, 7, 25)
        var found: Set<[UInt8]> = []
        for record in records.dropFirst() {
            let path = try #require(Self.bytes(record.cells[audio]), "seed \(seed)")
            #expect(path.starts(with: folder + [UInt8(ascii: "/")]), "seed \(seed)")
            let input = Array(path.dropFirst(folder.count + 1))
            #expect(inputs.contains(input) && found.insert(input).inserted, "seed \(seed)")
            // the very video that was made of this file
            let name = Self.plain(record.cells[video])
            let item = try await scene.item(of: path, summary)
            let crc32 = UInt32(record.cells[crc32], radix: 16)
            #expect(videos.contains(name) && crc32 == item?.detail.facts?.crc32, "seed \(seed)")
        }
        #expect(found == inputs, "seed \(seed)")
    }

    /// What a cell said before it got its apostrophe against spreadsheets.
    private static func plain(_ cell: String) -> String {
        let first = cell.unicodeScalars.drop { $0 == "'" }.first { $0 != " " }
        let isMarked = cell.hasPrefix("'") && first.map("=+-@".unicodeScalars.contains) == true
        return isMarked ? String(cell.unicodeScalars.dropFirst()) : cell
    }

    private static func bytes(_ cell: String) -> [UInt8]? { PathText.bytes(of: plain(cell)) }

    /// By the rules of Windows, written down anew.
    private static func isSafe(_ name: String) -> Bool {
        name.utf8.elementsEqual(name.precomposedStringWithCanonicalMapping.utf8)
            && name.unicodeScalars.split(separator: "/", omittingEmptySubsequences: false).allSatisfy { part in
                let text = String(String.UnicodeScalarView(part))
                let device = text.prefix { $0 != "." }.trimmingCharacters(in: .whitespaces).uppercased()
                let isDevice =
                    ["CON", "PRN", "AUX", "NUL"].contains(device)
                    || (device.count == 4 && (device.hasPrefix("COM") || device.hasPrefix("LPT"))
                        && device.last?.isNumber == true && device.last != "0")
                let isBad = part.contains { scalar in
                    scalar.value < 32 || scalar.value == 127 || "<>:\"\\|?*".unicodeScalars.contains(scalar)
                        || (0x202A...0x202E).contains(scalar.value) || (0x2066...0x2069).contains(scalar.value)
                }
                return !isBad && !isDevice && !text.isEmpty && text.utf8.count <= 255 && !text.hasSuffix(".")
                    && !text.hasSuffix(" ") && part.first.map("=+-@".unicodeScalars.contains) != true
            }
    }
}

extension Scene {
    fileprivate func item(of audio: [UInt8], _ summary: DeliverySummary) async throws -> ItemRecord? {
        let ledger = try ledger()
        defer { try? ledger.close() }
        return try await ledger.items(of: summary.delivery.batch.id).first { $0.audio == FilePath(bytes: audio) }
    }
}

extension FilePath {
    fileprivate init(bytes: [UInt8]) {
        let terminated = bytes.map(CChar.init(bitPattern:)) + [0]
        self = terminated.withUnsafeBufferPointer { buffer in
            buffer.baseAddress.map { FilePath(platformString: $0) } ?? FilePath()
        }
    }
}

/// Names as people, cameras, Macs and broken programs make them.
private struct NameGenerator {
    private var random: SplitMix

    init(seed: UInt64) { random = SplitMix(state: seed) }

    private static let pieces: [[UInt8]] =
        [
            "a", "A", "b", "001", "1", " ", ".", "é", "e\u{301}", "É", "ß", "SS", "安娜", "\u{1F600}", "\u{202E}",
            "\u{200B}",
            "\n", "\t", "\u{7F}", "\u{1}", "=", "+", "-", "@", "'", "\"", ",", ";", ":", "\\", "|", "?", "*", "<",
            "CON", "nul",
            "Com1", "_", "(2)", " (2)", "~", "x41", "\\x41", "İ", "ı", "ﬁ", "K", "Å", "A\u{30A}",
        ].map { Array($0.utf8) } + [[0xFF], [0xC3], [0xED, 0xA0, 0x80], [0xE9]]

    mutating func path() -> [UInt8] {
        var folders: [UInt8] = []
        while Int.random(in: 0..<4, using: &random) == 0, folders.count < 300 {
            folders += component(ending: []) + [UInt8(ascii: "/")]
        }
        let ending = ["wav", "mp3", "WAV"].randomElement(using: &random) ?? "wav"
        return folders + component(ending: Array(".\(ending)".utf8))
    }

    /// At most 255 bytes; never `.` or `..`, nor a name that the service has for its own.
    mutating func component(ending: [UInt8]) -> [UInt8] {
        var name: [UInt8] = []
        let isLong = Int.random(in: 0..<8, using: &random) == 0
        for _ in 0..<Int.random(in: 1...4, using: &random) { name += piece() }
        while isLong, name.count < 255 { name += piece() }
        name = Array(name.prefix(255 - ending.count))
        if ending.isEmpty, name.allSatisfy({ $0 == UInt8(ascii: ".") }) { name = Array("f".utf8) + name }
        return name + ending
    }

    private mutating func piece() -> [UInt8] { Self.pieces.randomElement(using: &random) ?? [] }
}

/// Random numbers that are the same in every run (SplitMix64, the constants of its authors).
private struct SplitMix: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var z = state
        z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
        z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
        return z ^ (z >> 31)
    }
}
