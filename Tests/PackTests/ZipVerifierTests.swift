import Disk
import Foundation
import Pack
import SystemPackage
import Testing

@Suite struct ZipVerifierTests {
    private static let entries = [
        (name: "a.mp4", bytes: noise(40, seed: 1)), (name: "vip/é.mp4", bytes: []),
        (name: "metadata.csv", bytes: Array("a,b\r\n".utf8)),
    ]

    private func archive(in folder: Folder, align: Bool) throws -> (bytes: [UInt8], image: ZipImage) {
        let (_, image) = try folder.archive("good.zip", Self.entries, align: align)
        return (try folder.bytes(of: "good.zip"), image)
    }

    /// Alone, since what is expected of the archive would find much of it too.
    private func problems(_ bytes: [UInt8], in folder: Folder, expecting: ZipImage? = nil) throws -> [String] {
        let file = try folder.file("damaged.zip", bytes)
        defer { try? folder.remove("damaged.zip") }
        do {
            _ = try ZipVerifier.verify(file, expecting: expecting)
            return []
        } catch .damaged(let sentences) {
            return sentences
        }
    }

    @Test("no bit of an archive can turn without notice", arguments: [false, true])
    func everyBit(align: Bool) throws {
        try withTemporaryFolder { folder in
            let (good, contents) = try archive(in: folder, align: align)
            #expect(try problems(good, in: folder, expecting: contents).isEmpty)
            // All bits of each byte without padding; one changing bit of each byte where there is much of it.
            for index in good.indices {
                for bit in align ? [index % 8] : Array(0..<8) {
                    var bytes = good
                    bytes[index] ^= 1 << UInt8(bit)
                    let found = try problems(bytes, in: folder, expecting: contents)
                    #expect(!found.isEmpty, "bit \(bit) of byte \(index)")
                }
            }
        }
    }

    @Test("headers and data are checked against each other even when nothing is known of the contents")
    func aloneEveryBit() throws {
        try withTemporaryFolder { folder in
            let (good, _) = try archive(in: folder, align: false)
            for index in good.indices {
                var bytes = good
                bytes[index] ^= 1 << UInt8(index % 8)
                #expect(try !problems(bytes, in: folder).isEmpty, "byte \(index)")
            }
        }
    }

    @Test("an archive cut anywhere is damaged")
    func cut() throws {
        try withTemporaryFolder { folder in
            let (good, contents) = try archive(in: folder, align: false)
            for length in good.indices {
                let found = try problems(Array(good.prefix(length)), in: folder, expecting: contents)
                #expect(!found.isEmpty, "cut to \(length)")
            }
        }
    }

    struct Damage: CustomTestStringConvertible {
        let testDescription: String
        let words: String
        let change: @Sendable (inout [UInt8]) -> Void
    }

    static let damages = [
        Damage(testDescription: "bytes after the end", words: "2 bytes follow its end") { $0 += [0, 0] },
        Damage(testDescription: "bytes before the start", words: "end record") { $0.insert(0, at: 0) },
        Damage(testDescription: "a gap between entries", words: "end record") { $0.insert(0, at: 84) },
        Damage(testDescription: "changed data", words: "“a.mp4”: its bytes don't fit its CRC") { $0[50] ^= 1 },
        Damage(testDescription: "a changed local time", words: "“a.mp4”: its two times differ") { $0[10] ^= 1 },
        Damage(testDescription: "a changed local name", words: "another name for it") { $0[30] ^= 1 },
        Damage(testDescription: "nothing at all", words: "it ends too early") { $0 = [] },
        Damage(testDescription: "the end record twice", words: "22 bytes follow its end") { $0 += $0.suffix(22) },
    ]

    @Test("each kind of damage has its sentence", arguments: damages)
    func sentences(damage: Damage) throws {
        try withTemporaryFolder { folder in
            var (bytes, contents) = try archive(in: folder, align: false)
            damage.change(&bytes)
            let found = try problems(bytes, in: folder, expecting: contents)
            #expect(found.contains { $0.contains(damage.words) }, "\(found)")
        }
    }

    @Test("what is missing, too much or different from what was to be packed is named")
    func expectations() throws {
        try withTemporaryFolder { folder in
            let (bytes, packed) = try archive(in: folder, align: false)
            var entries = Self.entries
            entries[1].name = "vip/e.mp4_"
            var crc32s = packed.crc32s
            crc32s[0] ^= 1
            let contents = try ZipImage(ZipLayout(entries), crc32s: crc32s)
            #expect(
                try problems(bytes, in: folder, expecting: contents) == [
                    "“a.mp4” is not what was packed", "“vip/e.mp4_” is missing", "“vip/é.mp4” does not belong into it",
                ])
        }
    }

    @Test("a Python archive of ours is not taken for one of ours", arguments: ["ZIP_STORED", "ZIP_DEFLATED"])
    func foreign(method: String) throws {
        try withTemporaryFolder { folder in
            let script = "import zipfile; zipfile.ZipFile('p.zip', 'w', zipfile.\(method)).writestr('a.mp4', 'x' * 99)"
            #expect(try run("python3", ["-c", script], in: folder).code == 0)
            let file = try folder.open("p.zip")
            #expect(throws: ZipProblem.self) { try ZipVerifier.verify(file, expecting: nil) }
        }
    }
}
