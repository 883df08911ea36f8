import Disk
import Foundation
import Pack
import SystemPackage
import Testing

@Suite struct ChecksumFileTests {
    @Test(
        "sha256sum writes the same line and accepts ours",
        arguments: ["a b.zip", "视频.zip", "back\\slash.zip", "two\nlines.zip"])
    func agreesWithSha256sum(name: String) throws {
        try withTemporaryFolder { folder in
            _ = try folder.file(name, Array("hello".utf8))
            let theirs = try run("sha256sum", ["--", name], in: folder).output
            let sha256 = "2cf24dba5fb0a30e26e83b2ac5b9e29e1b161e5c1fa7425e73043362938b9824"
            let ours = ChecksumFile.line(sha256: sha256, name: Array(name.utf8))
            #expect(String(decoding: ours, as: UTF8.self) == theirs)
            _ = try folder.file("sums", ours)
            #expect(try run("sha256sum", ["--check", "--strict", "--status", "sums"], in: folder).code == 0)
        }
    }

    @Test("a name without oddities stands as it is, byte for byte")
    func plain() {
        #expect(ChecksumFile.line(sha256: "ab", name: [0x61, 0xFF]) == Array("ab  a".utf8) + [0xFF, 0x0A])
    }
}
