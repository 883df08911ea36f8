import Batch
import SystemPackage
import Testing
import Words

/// `SHA256SUMS` as programs on all systems write it.
@Suite struct ChecksumListTests {
    private static let sum = String(repeating: "0123456789abcdef", count: 4)

    private func parse(_ text: String, isTop: Bool = false) throws(Problem) -> ChecksumList {
        try ChecksumList.parse(Array(text.utf8), file: "d/SHA256SUMS", isTop: isTop)
    }

    @Test(
        "one line of every program gives path and checksum",
        arguments: [
            ("#  a.wav", "a.wav"), ("# *a.wav", "a.wav"), ("# a.wav", "a.wav"), ("#\ta.wav", "a.wav"),
            ("#  001 Anna (1) = x.wav", "001 Anna (1) = x.wav"), ("#   a.wav", " a.wav"),
            ("SHA256 (a.wav) = #", "a.wav"), ("SHA256(a.wav)= #", "a.wav"), ("SHA2-256(a.wav)= #", "a.wav"),
            ("SHA256 (a (1) = b.wav) = #", "a (1) = b.wav"), ("#  ./vip//a.wav", "vip/a.wav"),
            ("#  vip\\a.wav", "vip/a.wav"), ("\\#  vip\\\\a\\nb\\rc.wav", "vip\\a\nb\rc.wav"),
            ("\\SHA256 (a\\\\b.wav) = #", "a\\b.wav"), ("#  安娜.wav\r", "安娜.wav"), ("#  ..a.wav", "..a.wav"),
            ("#  a:b.wav", "a:b.wav"), ("#  # 1.wav", "# 1.wav"),
        ])
    func line(_ line: String, path: String) throws {
        let sum = Self.sum
        for digits in [sum, sum.uppercased()] {
            // names may hold a `#`, too
            let isTagged = line.last == "#"
            let text = isTagged ? line.dropLast() + digits : line.replacing("#", with: digits, maxReplacements: 1)[...]
            #expect(try parse(String(text)).entries == [.init(line: 1, path: Array(path.utf8), sha256: sum)])
        }
    }

    @Test("lines are counted with empty ones and comments, whichever way they end")
    func lines() throws {
        let text = "# made by hand\r\n\r\n\(Self.sum)  a.wav\r\n   \n\(Self.sum) *b.wav\n\(Self.sum)  a.wav"
        let entries = try parse(text).entries
        #expect(entries.map(\.line) == [3, 5] && entries.map(\.path) == [Array("a.wav".utf8), Array("b.wav".utf8)])
        #expect(try parse("").entries.isEmpty && parse("\u{FEFF}\r\n").entries.isEmpty)
    }

    @Test("it may be UTF-8 with a mark, UTF-16 as PowerShell writes it, or hold names of any bytes")
    func encodings() throws {
        let text = "\(Self.sum)  安娜.wav\r\n"
        let units = Array(("\u{FEFF}" + text).utf16)
        for bytes in [
            Array(("\u{FEFF}" + text).utf8), units.flatMap { [UInt8(truncatingIfNeeded: $0), UInt8($0 >> 8)] },
            units.flatMap { [UInt8($0 >> 8), UInt8(truncatingIfNeeded: $0)] },
        ] {
            #expect(try ChecksumList.parse(bytes, file: "x").entries.map(\.path) == [Array("安娜.wav".utf8)])
        }
        let name = Array("m".utf8) + [0xFC] + Array(".wav".utf8)
        let list = try ChecksumList.parse(Array("\(Self.sum)  ".utf8) + name, file: "x")
        #expect(list.entries.map(\.path) == [name])
    }

    @Test(
        "a bad line is told with its number",
        arguments: [
            ("hello", "line 2: has to be a SHA-256 of 64 digits"), ("#x  a.wav", "line 2: has to be"),
            ("#", "line 2: has to be"),
            ("d41d8cd98f00b204e9800998ecf8427e  a.wav", "line 2: a checksum of 32 digits"),
            ("##  a.wav", "line 2: a checksum of 128 digits"), ("MD5 (a.wav) = d41d8cd98f00b204", "line 2: has to be"),
            ("#  /srv/a.wav", "from the folder of the list on"), ("#  C:\\a.wav", "from the folder of the list on"),
            ("#  ../a.wav", "leads out of the batch"), ("#  x/../../a.wav", "leads out of the batch"),
            ("#  vip/", "names no file"), ("#  .", "names no file"),
            ("\\#  a\\b.wav", "a backslash stands before none"),
        ])
    func bad(_ line: String, says words: String) {
        let text = "\(Self.sum)  good.wav\n" + line.replacing("#", with: Self.sum)
        let problem = #expect(throws: Problem.self) { try parse(text) }
        #expect(problem?.reason == .badChecksums && problem?.message.contains(words) == true, "\(problem as Any)")
    }

    @Test("one file has one checksum; of many bad lines the first three are told")
    func many() {
        let other = String(repeating: "0", count: 64)
        let twice = #expect(throws: Problem.self) { try parse("\(Self.sum)  a.wav\n\(other)  ./a.wav") }
        #expect(twice?.message.contains("line 2: “a.wav” stands in line 1 already") == true)
        let four = #expect(throws: Problem.self) { try parse("a\nb\nc\nd") }
        #expect(four?.message.contains("line 3") == true && four?.message.contains("and 1 more") == true)
        let top = #expect(throws: Problem.self) { try parse("\(Self.sum)  d/a.wav", isTop: true) }
        #expect(top?.message.contains("a batch of its own") == true)
    }

    @Test("more than 4 MiB and NUL characters are refused; a full list is read in time")
    func limits() throws {
        let line = "\(Self.sum)  a folder of average length/a file name of average length "
        let full = (0..<30_000).map { "\(line)\($0).wav\n" }.joined()
        #expect(try parse(full).entries.count == 30_000)
        let large = #expect(throws: Problem.self) { try parse(full + full) }
        #expect(large?.message.contains("4 MiB") == true)
        let zeros = #expect(throws: Problem.self) { try parse("\(Self.sum)  a.wav\0\(Self.sum)  b.wav\0") }
        #expect(zeros?.message.contains("NUL") == true)
    }

    @Test("names that nobody ever sees are left out")
    func leftOut() throws {
        let list = try parse("\(Self.sum)  vip/.DS_Store\n\(Self.sum)  @eaDir/a.wav\n\(Self.sum)  a.wav\n")
        let rest = list.without { ["@eaDir", ".DS_Store"].contains($0.string) }
        #expect(rest.entries.map(\.line) == [3])
    }
}
