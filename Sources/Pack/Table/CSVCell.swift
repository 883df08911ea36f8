import Foundation
import SystemPackage
import Words

/// One cell as it stands in the file, quotes included.
struct CSVCell {
    let text: String

    /// Words: control characters are removed, and what a spreadsheet would run gets an apostrophe.
    init(_ words: String?) {
        let words = words ?? ""
        guard !words.utf8.allSatisfy(Self.isPlain) || words.utf8.first == UInt8(ascii: "-") else {
            text = words
            return
        }
        let visible = words.unicodeScalars.filter { !$0.isControlOrBidi }
        let plain = String(String.UnicodeScalarView(visible))
        text = Self.quoted(Self.runs(plain) ? "'" + plain : plain)
    }

    /// What needs neither quotes nor a second look, unless a `-` stands first: nearly all cells have nothing else.
    private static func isPlain(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "a")...UInt8(ascii: "z"),
            UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "."), UInt8(ascii: "_"), UInt8(ascii: "-"),
            UInt8(ascii: "/"):
            true
        default: false
        }
    }

    /// What a cell said before it got its apostrophe.
    static func plain(_ text: String) -> String {
        guard text.unicodeScalars.first == "'", runs(text) else { return text }
        return String(text.unicodeScalars.dropFirst())
    }

    /// Whether a spreadsheet would run it. Some skip the spaces before a formula; tab and CR, which they skip too, are
    /// gone by now. What begins with an apostrophe of its own gets another, so that taking one away always gives the text.
    private static func runs(_ text: String) -> Bool {
        let first = text.unicodeScalars.drop { $0 == "'" }.first { $0 != " " }
        return first.map("=+-@".unicodeScalars.contains) == true
    }

    init(_ path: FilePath?) { self.init(path.map(PathText.text)) }

    init(_ number: (some BinaryInteger)?) { text = number.map { "\($0)" } ?? "" }

    /// At most three places after the point, without zeros at the end.
    init(_ number: Double?) {
        guard let number, let thousandths = Int64(exactly: (number * 1000).rounded()) else {
            text = ""
            return
        }
        let places = String(thousandths.magnitude % 1000 + 1000).dropFirst()
        let kept = places.prefix(places.reversed().drop { $0 == "0" }.count)
        text = "\(thousandths < 0 ? "-" : "")\(thousandths.magnitude / 1000)" + (kept.isEmpty ? "" : ".\(kept)")
    }

    init(_ date: Date?, timeZone: TimeZone) {
        guard let date, let seconds = Int64(exactly: date.timeIntervalSince1970.rounded(.down)) else {
            text = ""
            return
        }
        text = CivilTime(seconds: seconds, timeZone: timeZone).rfc3339
    }

    /// Eight hexadecimal digits, as ZIP tools show it.
    init(crc32: UInt32?) {
        text = crc32.map { String(UInt64($0) + 1 << 32, radix: 16).suffix(8).description } ?? ""
    }

    /// RFC 4180. Spaces at the ends are quoted too, since some readers drop them.
    private static func quoted(_ text: String) -> String {
        let needsQuotes = text.utf8.contains { #",""#.utf8.contains($0) } || text.hasPrefix(" ") || text.hasSuffix(" ")
        guard needsQuotes else { return text }
        let inner = text.unicodeScalars.flatMap { $0 == "\"" ? ["\"", "\""] : [$0] }
        return "\"" + String(String.UnicodeScalarView(inner)) + "\""
    }
}
