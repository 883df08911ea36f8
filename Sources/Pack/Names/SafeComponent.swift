import Words

/// One component of a path, changed as little as it takes for every system to accept it.
struct SafeComponent {
    /// File systems take 255 bytes; the rest is for a ` (2)` or an ending that someone adds after unpacking.
    static let maximumBytes = 240

    private(set) var text: String
    private(set) var changes: Set<CleanName.Change> = []

    /// - Parameters:
    ///   - original: in NFC, without `/`.
    ///   - leadsName: false where it will stand behind other text, so that its start and reserved names don't matter.
    init(_ original: String, maximumBytes: Int = maximumBytes, leadsName: Bool = true) {
        text = original
        guard !original.isEmpty else {
            text = "_"
            changes = [.empty]
            return
        }
        replaceScalars()
        if leadsName { replaceStart() }
        shorten(to: maximumBytes)
        if leadsName, Self.isReserved(text) {
            // Again, for room: only a name of spaces up to the limit is long here.
            shorten(to: maximumBytes - 1)
            text = "_" + text
            changes.insert(.reserved)
        }
    }

    private mutating func replaceScalars() {
        guard !text.utf8.allSatisfy(Self.isPlain) else { return }
        var scalars = String.UnicodeScalarView()
        for scalar in text.unicodeScalars {
            if Self.forbidden.contains(scalar) {
                changes.insert(.forbidden)
                scalars.append("_")
            } else if scalar.isControlOrBidi || scalar.isNoncharacter {
                changes.insert(.invisible)
                scalars.append("_")
            } else {
                scalars.append(scalar)
            }
        }
        text = String(scalars)
    }

    private mutating func replaceStart() {
        guard let first = text.unicodeScalars.first, "=+-@".unicodeScalars.contains(first) else { return }
        text = "_" + String(text.unicodeScalars.dropFirst())
        changes.insert(.leading)
    }

    private mutating func shorten(to bytes: Int) {
        if text.utf8.count > bytes {
            let (stem, ending) = Self.split(text)
            text = Self.cut(stem, to: bytes - ending.utf8.count) + ending
            changes.insert(.long)
        }
        let kept = text.utf8.reversed().drop { $0 == UInt8(ascii: ".") || $0 == UInt8(ascii: " ") }.count
        guard kept < text.utf8.count else { return }
        text =
            String(decoding: text.utf8.prefix(kept), as: UTF8.self)
            + String(repeating: "_", count: text.utf8.count - kept)
        changes.insert(.trailing)
    }

    private static let forbidden: Set<Unicode.Scalar> = ["<", ">", ":", "\"", "/", "\\", "|", "?", "*"]

    /// Of ASCII what may stand anywhere in a name: nearly all names have nothing else.
    private static func isPlain(_ byte: UInt8) -> Bool {
        0x20...0x7E ~= byte && !forbidden.contains(Unicode.Scalar(byte))
    }

    private static let reserved: Set<String> = {
        let digits = ["1", "2", "3", "4", "5", "6", "7", "8", "9", "¹", "²", "³"]
        let ports = ["COM", "LPT"].flatMap { port in digits.map { port + $0 } }
        return Set(["CON", "PRN", "AUX", "NUL", "CONIN$", "CONOUT$"] + ports)
    }()

    /// Windows looks at what stands before the first dot, without the spaces at its end.
    private static func isReserved(_ text: String) -> Bool {
        let beforeDot = text.utf8.prefix { $0 != UInt8(ascii: ".") }
        let base = beforeDot.prefix(beforeDot.count - beforeDot.reversed().prefix { $0 == UInt8(ascii: " ") }.count)
        let longest = 7
        return base.count <= longest && reserved.contains(String(decoding: base, as: UTF8.self).uppercased())
    }

    /// At the last dot, unless what follows is too long to be an ending.
    static func split(_ text: String) -> (stem: String, ending: String) {
        let longestEnding = 16
        guard let dot = text.unicodeScalars.lastIndex(of: "."), text.utf8[dot...].count <= longestEnding else {
            return (text, "")
        }
        return (String(text[..<dot]), String(text[dot...]))
    }

    /// At the border of a character a person sees; of a scalar where one such character is longer than the room.
    static func cut(_ text: String, to bytes: Int) -> String {
        var kept = Substring(text)
        while kept.utf8.count > bytes, kept.dropFirst().isEmpty == false { kept.removeLast() }
        while kept.utf8.count > bytes { kept.unicodeScalars.removeLast() }
        return String(kept)
    }
}

extension Unicode.Scalar {
    fileprivate var isNoncharacter: Bool { properties.isNoncharacterCodePoint }
}
