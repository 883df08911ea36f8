/// The file that `sha256sum --check` reads.
package enum ChecksumFile {
    /// One line, with a name that has a backslash or a line's end escaped as `sha256sum` does it.
    ///
    /// - Parameter sha256: 64 lower-case hexadecimal digits.
    package static func line(sha256: String, name: [UInt8]) -> [UInt8] {
        var escaped: [UInt8] = []
        for byte in name {
            switch byte {
            case UInt8(ascii: "\\"): escaped += Array(#"\\"#.utf8)
            case UInt8(ascii: "\n"): escaped += Array(#"\n"#.utf8)
            case UInt8(ascii: "\r"): escaped += Array(#"\r"#.utf8)
            default: escaped.append(byte)
            }
        }
        let mark = escaped.count > name.count ? "\\" : ""
        return Array("\(mark)\(sha256)  ".utf8) + escaped + [UInt8(ascii: "\n")]
    }

    /// The SHA-256 of the first line, in lower case; nil where it has none.
    package static func sha256(in bytes: [UInt8]) -> String? {
        let line = bytes.prefix { $0 != UInt8(ascii: "\n") }.drop { $0 == UInt8(ascii: "\\") }
        let digits = line.prefix(64)
        guard digits.count == 64, line.dropFirst(64).first == UInt8(ascii: " "),
            digits.allSatisfy({ Character(Unicode.Scalar($0)).isHexDigit })
        else { return nil }
        return String(decoding: digits, as: UTF8.self).lowercased()
    }
}
