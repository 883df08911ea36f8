import Crypto
import Foundation
import Pack
import SystemPackage
import Words

/// What a note beside a marker says: which batch is held, why, and that it goes on by itself.
struct HoldText: Hashable {
    private let head: String
    private let lines: [String]
    private let language: Language

    init(batch: String, problems: [Problem], language: Language) {
        self.language = language
        let isCancelled = problems.allSatisfy { $0.reason == .cancelled }
        let headline = isCancelled ? Self.cancelled : Self.headline
        head = Self.opening.map { "\($0)\(batch)" }.text(language) + headline.text(language)
        let ending = isCancelled ? [] : [Self.ending.text(language), ""]
        lines = [""] + problems.map { "- " + $0.text(language) } + [""] + ending
    }

    /// - Parameter inbox: told in the outbox, which several services may share; nil beside the marker.
    func bytes(tellingInbox inbox: FilePath?) -> [UInt8] {
        let second = inbox.map { [Self.inboxLine($0).text(language)] } ?? []
        return ([head] + second + lines).map(PlainText.line).joined(separator: "\n").textFile
    }

    private static func inboxLine(_ inbox: FilePath) -> Phrase {
        Phrase("Its inbox: \(inbox)", zh: "输入文件夹：\(inbox)")
    }

    /// By its beginning a note is known as ours, whichever language it was written in.
    private static let opening = Phrase("HeyGemWatch: the batch “", zh: "HeyGemWatch：批次“")
    private static let headline = Phrase(
        "” is held. It is not delivered before this is mended:", zh: "”已搁置。改正以下问题之后才会交付：")
    private static let cancelled = Phrase("” is cancelled. Nothing of it is delivered.", zh: "”已取消，不会交付。")
    private static let ending = Phrase(
        "Then it goes on by itself, and this file goes away.", zh: "改正后会自动继续，本文件也会自动消失。")

    /// More than any note of ours has.
    static let sizeLimit = 1 << 20

    /// - Parameter inbox: that it has to tell; nil beside a marker.
    static func isOurs(_ bytes: [UInt8], tellingInbox inbox: FilePath?) -> Bool {
        guard Language.allCases.contains(where: { bytes.starts(with: opening.text($0).textFile) }) else { return false }
        guard let inbox else { return true }
        return Language.allCases.contains { language in
            !bytes.ranges(of: Array("\r\n\(PlainText.line(inboxLine(inbox).text(language)))\r\n".utf8)).isEmpty
        }
    }

    /// In the outbox, where it could not be written beside its marker: `<batch>.<marker>.error.txt`, or with a number
    /// of its own where that may be another's.
    ///
    /// - Returns: those that may be taken, the first one first.
    static func outboxNames(batch: String, marker: FilePath, inbox: FilePath) -> [FilePath] {
        let whole = [batch, marker.lastComponent?.string ?? ""]
        let short = whole.map { SafeName.cut($0, to: partLimit) }
        let digest = SHA256.hash(data: inbox.ledgerBytes + [0] + marker.ledgerBytes)
        let number = String(digest.hexadecimal.prefix(8))
        let plain = short == whole ? [short] : []
        return (plain + [short + [number]]).map { parts in
            let name = (parts + ["error.txt"]).joined(separator: ".").replacing("/", with: "_")
            return FilePath(SafeName.assign([name]).first?.name ?? "batch.error.txt")
        }
    }

    /// Bytes of the batch's and of the marker's name: with all that is added less than the 143 bytes that some
    /// encrypted folders allow.
    private static let partLimit = 60
}

extension String {
    /// As the oldest editor that people still open such files with wants it: Windows' Notepad.
    var textFile: [UInt8] { Array("\u{FEFF}".utf8) + Array(replacing("\n", with: "\r\n").utf8) }
}
