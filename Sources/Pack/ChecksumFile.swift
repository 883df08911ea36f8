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
}
