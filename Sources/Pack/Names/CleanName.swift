import Foundation
import Words

/// One relative path, each component made safe by itself; whether others agree with it is not known here.
struct CleanName {
    /// What had to be changed.
    enum Change: Int, Comparable, CaseIterable {
        case notUTF8, spelling, forbidden, invisible, leading, trailing, reserved, taken, empty, long

        static func < (a: Change, b: Change) -> Bool { a.rawValue < b.rawValue }

        /// Completes the sentence "renamed in the ZIP: ...".
        var words: Phrase {
            switch self {
            case .notUTF8: Phrase("it is not valid UTF-8", zh: "不是有效的 UTF-8")
            case .spelling: Phrase("accents are spelled the way all systems agree on", zh: "重音字符已改为各系统通用的写法")
            case .forbidden: Phrase("characters that Windows forbids became _", zh: "Windows 不允许的字符已改为 _")
            case .invisible: Phrase("control characters became _", zh: "控制字符已改为 _")
            case .leading: Phrase("the = + - or @ at the start became _", zh: "开头的 = + - 或 @ 已改为 _")
            case .trailing: Phrase("dots or spaces at the end became _", zh: "末尾的句点或空格已改为 _")
            case .reserved: Phrase("Windows keeps this name for itself", zh: "这是 Windows 的保留名称")
            case .taken: Phrase("the ZIP has a file with the name of its folder", zh: "ZIP 中已有与其文件夹同名的文件")
            case .empty: Phrase("a folder without a name became _", zh: "没有名称的文件夹已改为 _")
            case .long: Phrase("it was too long", zh: "名称过长")
            }
        }
    }

    private(set) var changes: Set<Change> = []
    private var components: [String]

    /// - Parameter reservedFolders: keys of names at the top that are files already and can't be folders.
    init(_ original: some Collection<UInt8>, reservedFolders: Set<String>) {
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

    func note(finalName: String) -> Phrase? {
        var reasons = changes.sorted().map(\.words)
        if finalName != text { reasons.append(Phrase("another one has the same name", zh: "与另一个名称相同")) }
        guard !reasons.isEmpty else { return nil }
        let all = Phrase.joined(reasons)
        return Phrase("renamed in the ZIP: " + all.en, zh: "在 ZIP 中已改名：" + all.zh)
    }

    /// What is not UTF-8 becomes `_`; the rest is brought to NFC.
    static func decode(_ bytes: some Collection<UInt8>, _ changes: inout Set<Change>) -> String {
        guard !bytes.allSatisfy({ $0 < 0x80 }) else { return String(decoding: bytes, as: UTF8.self) }
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
