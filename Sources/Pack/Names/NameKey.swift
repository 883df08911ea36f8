import Foundation

/// A name as a file system sees it that heeds neither case nor how an accent is spelled.
struct NameKey: Hashable {
    let text: String

    /// Full case folding, somewhat wider than Unicode's own (dotless and dotted i agree), and without the characters
    /// that nobody sees, such as the joiner inside of an emoji: two names that look the same must not be two files.
    init(_ name: String) {
        let visible = name.decomposedStringWithCanonicalMapping.unicodeScalars
            .filter { !$0.properties.isDefaultIgnorableCodePoint }
        // Down first, since a capital sharp s has no upper case other than itself.
        let folded = String(String.UnicodeScalarView(visible)).lowercased().uppercased().lowercased()
        text = folded.precomposedStringWithCanonicalMapping
    }

    /// The keys of the folders on the way to it.
    var folders: [String] {
        let scalars = text.unicodeScalars
        return scalars.indices.filter { scalars[$0] == "/" }.map { String(text[..<$0]) }
    }
}
