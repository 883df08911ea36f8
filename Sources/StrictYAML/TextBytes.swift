package import Words

/// The text of a file that people wrote with whatever editor they have.
package enum TextBytes {
    /// UTF-8 with or without byte order mark, UTF-16 with one.
    ///
    /// - Returns: the text without its mark; nil for other encodings, and for NUL characters.
    package static func decode(_ bytes: [UInt8]) -> String? {
        let text: String? =
            switch (bytes.first, bytes.dropFirst().first) {
            case (0xFF, 0xFE): utf16(bytes.dropFirst(2)) { low, high in UInt16(high) << 8 | UInt16(low) }
            case (0xFE, 0xFF): utf16(bytes.dropFirst(2)) { high, low in UInt16(high) << 8 | UInt16(low) }
            default:
                String(
                    validating: bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? bytes.dropFirst(3) : bytes[...], as: UTF8.self)
            }
        return text.flatMap { $0.utf8.contains(0) ? nil : $0 }
    }

    /// Said of bytes that are not such a text.
    ///
    /// - Parameter isTable: spreadsheets save it, too.
    package static func unreadable(_ bytes: [UInt8], isTable: Bool = false) -> Phrase {
        let hasMark = [[0xFF, 0xFE], [0xFE, 0xFF]].contains { bytes.starts(with: $0) }
        guard hasMark || !bytes.contains(0) else {
            return Phrase("is no text file: there are NUL bytes in it", zh: "不是文本文件：含有 NUL 字节")
        }
        return Phrase(
            "is not saved as UTF-8; in Notepad choose the encoding UTF-8\(isTable ? ", in Excel the type “CSV UTF-8”" : "")",
            zh: "未保存为 UTF-8 编码；在记事本中请选择编码 UTF-8\(isTable ? "，在 Excel 中请选择类型“CSV UTF-8”" : "")")
    }

    private static func utf16(_ bytes: ArraySlice<UInt8>, unit: (UInt8, UInt8) -> UInt16) -> String? {
        guard bytes.count.isMultiple(of: 2) else { return nil }
        let units = stride(from: bytes.startIndex, to: bytes.endIndex, by: 2).map { unit(bytes[$0], bytes[$0 + 1]) }
        return String(validating: units, as: UTF16.self)
    }
}
