import Pack
import SystemPackage
import Words

/// What a note beside a marker says: which batch is held, why, and that it goes on by itself.
struct HoldText: Hashable {
    let bytes: [UInt8]

    init(batch: String, problems: [Problem], language: Language) {
        let head = Self.opening.map { "\($0)\(batch)" }.text(language) + Self.headline.text(language)
        let reasons = problems.map { "- " + $0.text(language) }
        bytes = ([head, ""] + reasons + ["", Self.ending.text(language), ""]).joined(separator: "\n").textFile
    }

    /// By its beginning a note is known as ours, whichever language it was written in.
    private static let opening = Phrase("HeyGemWatch: the batch “", zh: "HeyGemWatch：批次“")
    private static let headline = Phrase(
        "” is held. It is not delivered before this is mended:", zh: "”已暂停。改正以下问题之后才会交付：")
    private static let ending = Phrase(
        "Then it goes on by itself, and this file goes away.", zh: "改正后会自动继续，本文件也会自动消失。")

    /// More than any note of ours has.
    static let sizeLimit = 1 << 20

    static func isOurs(_ bytes: [UInt8]) -> Bool {
        Language.allCases.contains { bytes.starts(with: opening.text($0).textFile) }
    }

    /// In the outbox, where it could not be written beside its marker: `<batch>.<marker>.error.txt`.
    static func outboxName(batch: String, marker: FilePath) -> FilePath {
        // together less than the 143 bytes that some encrypted folders allow
        let parts = [cut(batch), cut(marker.lastComponent?.string ?? "")].map { $0.replacing("/", with: "_") }
        let name = SafeName.assign([parts.joined(separator: ".") + ".error.txt"]).first?.name ?? "batch.error.txt"
        return FilePath(name)
    }

    private static func cut(_ name: String) -> String {
        var name = name
        while name.utf8.count > 60 { name.removeLast() }
        return name
    }
}

extension String {
    /// As the oldest editor that people still open such files with wants it: Windows' Notepad.
    var textFile: [UInt8] { Array("\u{FEFF}".utf8) + Array(replacing("\n", with: "\r\n").utf8) }
}
