import Foundation

/// A name as a file system sees it that heeds neither case nor how an accent is spelled.
struct NameKey: Hashable {
    let text: String

    /// Full case folding, somewhat wider than Unicode's own (dotless and dotted i agree), and without the characters
    /// that nobody sees, such as the joiner inside of an emoji: two names that look the same must not be two files.
    init(_ name: String) {
        guard !name.utf8.allSatisfy({ $0 < 0x80 }) else {
            text = name.lowercased()
            return
        }
        let visible = name.decomposedStringWithCanonicalMapping.unicodeScalars
            .filter { !$0.properties.isDefaultIgnorableCodePoint }
        // Down first, since a capital sharp s has no upper case other than itself.
        let folded = String(String.UnicodeScalarView(visible)).lowercased().uppercased().lowercased()
        text = folded.precomposedStringWithCanonicalMapping
    }

    /// The keys of the folders on the way to it.
    var folders: [String] {
        let bytes = text.utf8
        return bytes.indices.filter { bytes[$0] == UInt8(ascii: "/") }.map { String(text[..<$0]) }
    }
}
