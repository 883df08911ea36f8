import Foundation

/// One relative path, each component made safe by itself; whether others agree with it is not known here.
struct CleanName {
    /// What had to be changed.
    enum Change: Int, Comparable, CaseIterable {
        case notUTF8, spelling, forbidden, invisible, leading, trailing, reserved, taken, empty, long

        static func < (a: Change, b: Change) -> Bool { a.rawValue < b.rawValue }

        /// Completes the sentence "renamed in the ZIP: ...".
        var words: String {
            switch self {
            case .notUTF8: "it is not valid UTF-8"
            case .spelling: "accents are spelled the way all systems agree on"
            case .forbidden: "characters that Windows forbids became _"
            case .invisible: "control characters became _"
            case .leading: "the = + - or @ at the start became _"
            case .trailing: "dots or spaces at the end became _"
            case .reserved: "Windows keeps this name for itself"
            case .taken: "the ZIP has a file with the name of its folder"
            case .empty: "a folder without a name became _"
            case .long: "it was too long"
            }
        }
    }

    private(set) var changes: Set<Change> = []
    private var components: [String]

    /// - Parameter reservedFolders: keys of names at the top that are files already and can't be folders.
    init(_ original: [UInt8], reservedFolders: Set<String>) {
        let decoded = Self.decode(original, &changes)
        components = []
        // By scalars: a combining mark after a slash makes it another `Character`, but no less a slash.
        for part in decoded.unicodeScalars.split(separator: "/", omittingEmptySubsequences: false) {
            let component = SafeComponent(String(part))
            changes.formUnion(component.changes)
            components.append(component.text)
        }
        if components.count > 1, reservedFolders.contains(NameKey(components[0]).text) {
            components[0] += "_"
            changes.insert(.taken)
        }
    }

    var text: String { components.joined(separator: "/") }

    /// With ` (2)` before the ending.
    func numbered(_ number: Int) -> String {
        let suffix = " (\(number))"
        let (stem, ending) = SafeComponent.split(components.last ?? "")
        let room = SafeComponent.maximumBytes - suffix.utf8.count - ending.utf8.count
        return (components.dropLast() + [SafeComponent.cut(stem, to: room) + suffix + ending]).joined(separator: "/")
    }

    func note(finalName: String) -> String? {
        var reasons = changes.sorted().map(\.words)
        if finalName != text { reasons.append("another one has the same name") }
        return reasons.isEmpty ? nil : "renamed in the ZIP: " + reasons.joined(separator: "; ")
    }

    /// What is not UTF-8 becomes `_`; the rest is brought to NFC.
    static func decode(_ bytes: [UInt8], _ changes: inout Set<Change>) -> String {
        let text: String
        if let valid = String(validating: bytes, as: UTF8.self) {
            text = valid
        } else {
            changes.insert(.notUTF8)
            let repaired = String(decoding: bytes, as: UTF8.self).unicodeScalars.map { $0 == "\u{FFFD}" ? "_" : $0 }
            text = String(String.UnicodeScalarView(repaired))
        }
        let composed = text.precomposedStringWithCanonicalMapping
        if !composed.utf8.elementsEqual(text.utf8) { changes.insert(.spelling) }
        return composed
    }
}
