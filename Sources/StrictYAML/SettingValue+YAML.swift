/// Values written so that the reader gives the same again.
extension SettingValue {
    package var yaml: String {
        isList ? "[\(texts.map(Self.scalar).joined(separator: ", "))]" : Self.scalar(texts.joined())
    }

    /// Plain where nothing in it can mean anything else.
    private static func scalar(_ text: String) -> String {
        let isWord = text.utf8.allSatisfy { byte in
            (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte | 0x20)
                || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) || "_./+".utf8.contains(byte)
                || byte == UInt8(ascii: "-")
        }
        if isWord, !text.isEmpty, text.first != "-", text != "null" { return text }
        return "\"\(text.unicodeScalars.map(escaped).joined())\""
    }

    private static func escaped(_ scalar: Unicode.Scalar) -> String {
        switch scalar {
        case "\"": return "\\\""
        case "\\": return "\\\\"
        default:
            guard !isPrintable(scalar) else { return String(scalar) }
            let digits = String(scalar.value, radix: 16)
            return "\\u\(String(repeating: "0", count: 4 - digits.count))\(digits)"
        }
    }

    /// What YAML takes as it is, without line breaks and byte order marks.
    private static func isPrintable(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 0x2028, 0x2029, 0xFEFF: false
        case 0x20...0x7E, 0xA0...0xFFFD, 0x10000...: true
        default: false
        }
    }
}
