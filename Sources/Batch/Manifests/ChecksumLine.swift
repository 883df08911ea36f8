import StrictYAML

/// One line of a `SHA256SUMS`.
///
/// `<digits>  <path>` or `<digits> *<path>` as GNU writes it, `SHA256 (<path>) = <digits>` as BSD does; a `\` before
/// either says that backslashes and line ends in the path are written `\\`, `\n` and `\r`.
struct ChecksumLine {
    let sha256: String
    let path: [UInt8]

    /// What `shasum` writes for SHA-256.
    private static let digits = 64
    private static let tags = ["SHA256", "SHA2-256"].map { Array($0.utf8) }

    /// - Parameter isTop: it stands in a list at the inbox's top.
    /// - Returns: nil for an empty line and a comment.
    init?(_ line: ArraySlice<UInt8>, isTop: Bool) throws(SettingProblem) {
        var line = line
        if line.last == UInt8(ascii: "\r") { line.removeLast() }
        guard line.contains(where: { !Self.isBlank($0) }), line.first != UInt8(ascii: "#") else { return nil }
        let isEscaped = line.first == UInt8(ascii: "\\")
        if isEscaped { line.removeFirst() }
        guard let (digits, path) = Self.plain(line) ?? Self.tagged(line) else { throw Self.problem(of: line) }
        sha256 = String(decoding: digits.map(FoldedName.lowercaseASCII), as: UTF8.self)
        self.path = try Self.relative(isEscaped ? Self.unescaped(path) : Self.slashed(path), isTop: isTop)
    }

    private typealias Parts = (digits: ArraySlice<UInt8>, path: ArraySlice<UInt8>)

    private static func plain(_ line: ArraySlice<UInt8>) -> Parts? {
        let digits = line.prefix(while: isDigit)
        let rest = line.dropFirst(digits.count)
        guard digits.count == Self.digits, let blank = rest.first, isBlank(blank) else { return nil }
        let path = rest.dropFirst()
        let hasMode = path.first == UInt8(ascii: " ") || path.first == UInt8(ascii: "*")
        return (digits, hasMode ? path.dropFirst() : path)
    }

    private static func tagged(_ line: ArraySlice<UInt8>) -> Parts? {
        guard let tag = tags.first(where: { line.starts(with: $0) }) else { return nil }
        let rest = line.dropFirst(tag.count).drop(while: isBlank)
        let digits = rest.reversed().prefix(while: isDigit).count
        // the path itself may hold brackets and equals signs
        let path = rest.dropLast(digits).reversed().drop(while: isBlank)
        guard rest.first == UInt8(ascii: "("), digits == Self.digits, path.first == UInt8(ascii: "="),
            let close = rest.dropLast(digits).lastIndex(of: UInt8(ascii: ")"))
        else { return nil }
        return (rest.suffix(digits), rest[rest.index(after: rest.startIndex)..<close])
    }

    private static func isBlank(_ byte: UInt8) -> Bool { byte == UInt8(ascii: " ") || byte == UInt8(ascii: "\t") }

    private static func isDigit(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "a")...UInt8(ascii: "f"),
            UInt8(ascii: "A")...UInt8(ascii: "F"):
            true
        default: false
        }
    }

    // MARK: Paths

    private static func unescaped(_ path: ArraySlice<UInt8>) throws(SettingProblem) -> [UInt8] {
        var plain: [UInt8] = []
        var rest = path
        while let byte = rest.popFirst() {
            guard byte == UInt8(ascii: "\\") else {
                plain.append(byte)
                continue
            }
            switch rest.popFirst() {
            case UInt8(ascii: "\\"): plain.append(UInt8(ascii: "\\"))
            case UInt8(ascii: "n"): plain.append(UInt8(ascii: "\n"))
            case UInt8(ascii: "r"): plain.append(UInt8(ascii: "\r"))
            default:
                throw SettingProblem("a backslash stands before none of \\ n r", zh: "反斜杠之后不是 \\、n 或 r")
            }
        }
        return plain
    }

    /// Who writes backslashes without saying so means folders of Windows.
    private static func slashed(_ path: ArraySlice<UInt8>) -> [UInt8] {
        path.map { $0 == UInt8(ascii: "\\") ? UInt8(ascii: "/") : $0 }
    }

    private static func relative(_ path: [UInt8], isTop: Bool) throws(SettingProblem) -> [UInt8] {
        let text = String(decoding: path, as: UTF8.self)
        // Linux has no longer ones
        guard path.count <= 4096 else { throw SettingProblem("the path is too long", zh: "路径过长") }
        let hasDrive = text.dropFirst().hasPrefix(":/") && text.first?.isLetter == true
        guard path.first != UInt8(ascii: "/"), !hasDrive else {
            throw SettingProblem(
                "“\(text)” has to be given from the folder of the list on, such as vip/003.wav",
                zh: "“\(text)”必须是相对于清单所在文件夹的路径，例如 vip/003.wav")
        }
        let parts = path.split(separator: UInt8(ascii: "/")).filter { !$0.elementsEqual(".".utf8) }
        guard !parts.isEmpty, path.last != UInt8(ascii: "/") else {
            throw SettingProblem("“\(text)” names no file", zh: "“\(text)”不是文件名")
        }
        guard !parts.contains(where: { $0.elementsEqual("..".utf8) }) else {
            throw SettingProblem("“\(text)” leads out of the batch's folder", zh: "“\(text)”超出了批次文件夹")
        }
        guard !isTop || parts.count == 1 else {
            throw SettingProblem(
                "“\(text)” lies in a folder, which is a batch of its own and needs a list of its own",
                zh: "“\(text)”位于子文件夹中；子文件夹是独立的批次，需要自己的清单")
        }
        return Array(parts.joined(separator: [UInt8(ascii: "/")]))
    }

    // MARK: What is wrong

    private static func problem(of line: ArraySlice<UInt8>) -> SettingProblem {
        let first = line.prefix { !isBlank($0) }
        if first.count >= 32, first.count != digits, first.allSatisfy(isDigit) {
            return SettingProblem(
                "a checksum of \(first.count) digits; SHA-256 has 64", zh: "校验和有 \(first.count) 位；SHA-256 是 64 位")
        }
        return SettingProblem(
            "has to be a SHA-256 of 64 digits, two spaces and the file's name, as sha256sum writes it",
            zh: "必须是 64 位的 SHA-256、两个空格和文件名，与 sha256sum 的输出相同")
    }
}
