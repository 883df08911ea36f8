import Foundation
import Pack
import Testing

@Suite struct ZipLayoutTests {
    private func layout(
        _ entries: [(String, UInt64)], alignment: UInt16 = 1, time: Int64 = packedTime, timeZone: TimeZone = .plusOne
    ) throws -> ZipLayout {
        var members = ZipMembers()
        for (name, size) in entries { members.append(name: name, size: size, modified: time) }
        return try ZipLayout(members, alignment: alignment, timeZone: timeZone)
    }

    private func directory(of layout: ZipLayout, crc32s: [UInt32]? = nil) -> [UInt8] {
        let image = ZipImage(layout, crc32s: crc32s ?? [UInt32](repeating: 0, count: layout.count))
        return image.parts(of: layout.directoryOffset..<layout.archiveSize).reduce(into: []) { bytes, part in
            guard case .bytes(let piece) = part else {
                Issue.record("data in the directory")
                return
            }
            bytes += piece
        }
    }

    @Test("every byte of a small archive's headers is as APPNOTE says")
    func golden() throws {
        let layout = try layout([("a.mp4", 3), ("é.mp4", 0)])
        let local = hex(layout.localHeader(of: 0, crc32: 0x1122_3344))
        #expect(
            local
                == """
                504b0304 0a00 0000 0000 8372 935b 44332211 03000000 03000000 0500 0900 612e6d7034 55540500 01 07514569
                """.withoutSpaces)
        #expect([0, 1].map(layout.headerOffset) == [0, 47])
        #expect([0, 1].map(layout.dataOffset) == [44, 92])
        #expect(layout.directoryOffset == 92)
        #expect(
            hex(directory(of: layout, crc32s: [0x1122_3344, 0]))
                == """
                504b0102 0a03 0a00 0000 0000 8372 935b 44332211 03000000 03000000 0500 0900 0000 0000 0000 0000a481
                00000000 612e6d7034 55540500 01 07514569
                504b0102 0a03 0a00 0008 0000 8372 935b 00000000 00000000 00000000 0600 0900 0000 0000 0000 0000a481
                2f000000 c3a92e6d7034 55540500 01 07514569
                504b0506 0000 0000 0200 0200 79000000 5c000000 0000
                """.withoutSpaces)
        #expect(layout.archiveSize == 92 + 121 + 22)
    }

    @Test("no entries make an end record alone")
    func empty() throws {
        let layout = try layout([])
        #expect(hex(directory(of: layout)) == "504b0506" + String(repeating: "0", count: 36))
        #expect(layout.archiveSize == 22)
    }

    @Test(
        "data with a length starts at a multiple of 4096, and the padding is a field of zeros", arguments: 4030...4100)
    func alignment(size: UInt64) throws {
        let layout = try layout([("first.mp4", size), ("empty.mp4", 0), ("second.mp4", 5)], alignment: 4096)
        #expect(layout.dataOffset(of: 0) == 4096)
        #expect(layout.dataOffset(of: 2) % 4096 == 0)
        #expect(layout.dataOffset(of: 2) - layout.headerOffset(of: 2) < 2 * 4096)
        for index in 0..<3 {
            let header = layout.localHeader(of: index, crc32: 0)
            #expect(UInt64(header.count) == layout.dataOffset(of: index) - layout.headerOffset(of: index))
            let padding = header.dropFirst(30 + Int(header[26]) + 9)
            guard !padding.isEmpty else { continue }
            #expect(Array(padding.prefix(2)) == [0x35, 0xD9])
            #expect(
                Int(padding.dropFirst(2).first ?? 0) + Int(padding.dropFirst(3).first ?? 0) << 8 == padding.count - 4)
            #expect(Array(padding.dropFirst(4).prefix(2)) == [0x00, 0x10])
            #expect(padding.dropFirst(6).allSatisfy { $0 == 0 })
        }
        #expect(!hex(directory(of: layout)).contains("35d9"))
    }

    /// A size, and whether it needs zip64; 0xFFFFFFFF itself would be taken for "look into the zip64 field".
    static let sizes: [(UInt64, Bool)] = [
        (0xFFFF_FFFE, false), (0xFFFF_FFFF, true), (0x1_0000_0000, true), (1 << 40, true),
    ]

    @Test("zip64 sizes appear exactly when 32 bits don't do", arguments: sizes)
    func zip64Size(size: UInt64, isWide: Bool) throws {
        let layout = try layout([("a", size)])
        let header = hex(layout.localHeader(of: 0, crc32: 0))
        let both = hex(littleEndian(size)) + hex(littleEndian(size))
        #expect(header.dropFirst(8).hasPrefix(isWide ? "2d00" : "0a00"))
        #expect(header.contains("01001000" + both) == isWide)
        #expect(header.dropFirst(36).hasPrefix("ffffffffffffffff") == isWide)
        // The directory starts behind the data, so its own offset is wide too.
        #expect(hex(directory(of: layout)).contains("504b0606"))
    }

    @Test("an offset of 0xFFFFFFFF or more is a zip64 number, and one less is not", arguments: [-1, 0, 1] as [Int64])
    func zip64Offset(beyond: Int64) throws {
        let header: UInt64 = 30 + 1 + 9
        let offset = UInt64(0xFFFF_FFFF + beyond)
        let layout = try layout([("a", offset - header), ("b", 1)])
        #expect(layout.headerOffset(of: 1) == offset)
        let directory = hex(self.directory(of: layout))
        let isWide = beyond >= 0
        #expect(directory.contains("62" + "01000800" + hex(littleEndian(offset)) + "5554") == isWide)
        #expect(hex(layout.localHeader(of: 1, crc32: 0)).dropFirst(8).hasPrefix(isWide ? "2d00" : "0a00"))
        #expect(!hex(layout.localHeader(of: 1, crc32: 0)).contains("01000800"))
    }

    @Test(
        "65534 entries fit the old end record, 65535 don't", arguments: [(65534, false), (65535, true), (65536, true)])
    func zip64Count(count: Int, isWide: Bool) throws {
        let layout = try layout((0..<count).map { ("\($0)", 0) })
        let directory = self.directory(of: layout)
        #expect(UInt64(directory.count) == layout.archiveSize - layout.directoryOffset)
        let tail = hex(Array(directory.suffix(22 + 76)))
        #expect(tail.hasPrefix("504b0606") == isWide)
        #expect(tail.suffix(44).dropFirst(16).hasPrefix(isWide ? "ffffffff" : "fefffeff"))
        if isWide { #expect(tail.dropFirst(48).hasPrefix(hex(littleEndian(UInt64(count))))) }
    }

    /// Seconds since 1970, DOS time and date.
    static let times: [(Int64, String)] = [
        (0, "0000" + "2100"), (-86400 * 365 * 80, "0000" + "2100"), (315_532_800, "0000" + "2100"),
        (315_532_799, "0000" + "2100"), (951_827_697, "5c64" + "5d28"), (4_354_819_199, "7dbf" + "9fff"),
        (9_000_000_000, "7dbf" + "9fff"), (.max, "7dbf" + "9fff"), (.min, "0000" + "2100"),
    ]

    @Test("times before 1980 and after 2107 become the first and the last that DOS knows", arguments: times)
    func dosTime(seconds: Int64, expected: String) throws {
        let layout = try layout([("a", 0)], time: seconds, timeZone: .utc)
        let header = hex(layout.localHeader(of: 0, crc32: 0))
        #expect(header.dropFirst(20).prefix(8) == expected)
        #expect(header.contains("5554") == (Int32(exactly: seconds) != nil))
    }

    static let badNames = [
        "", "/a", "a/../b", "a\\b", "CON.mp4", "e\u{301}.mp4", "a.", String(repeating: "a", count: 241),
    ]

    @Test("names that not every system can unpack are refused", arguments: badNames)
    func unsafeNames(name: String) {
        #expect(throws: ZipProblem.unusableName(name)) { try layout([(name, 0)]) }
    }

    static let clashing = [["a", "a"], ["a.mp4", "A.MP4"], ["straße", "STRASSE"], ["a", "a/b"], ["A/b", "a"]]

    @Test("two names that agree, or a file that is another's folder, are refused", arguments: clashing)
    func clashes(names: [String]) {
        #expect(throws: ZipProblem.self) { try layout(names.map { ($0, 0) }) }
    }
}

func hex(_ bytes: [UInt8]) -> String {
    bytes.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
}

private func littleEndian(_ number: UInt64) -> [UInt8] { withUnsafeBytes(of: number.littleEndian, Array.init) }

extension String {
    fileprivate var withoutSpaces: String { filter { !$0.isWhitespace } }
}
