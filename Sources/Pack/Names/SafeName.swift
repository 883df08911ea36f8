package import Words

/// A name in the ZIP that Windows, macOS and Linux can all unpack.
package struct SafeName: Hashable, Sendable {
    /// Valid UTF-8 in NFC, `/` between folders.
    package let name: String
    /// What was changed, in words for the user; nil when nothing was.
    package let note: Phrase?

    /// Whether a name may stand in a ZIP as it is.
    package static func isSafe(_ name: String) -> Bool {
        CleanName(Array(name.utf8), reservedFolders: []).changes.isEmpty
    }

    /// At most so many bytes of UTF-8, cut at the border of a character.
    package static func cut(_ text: String, to bytes: Int) -> String { SafeComponent.cut(text, to: bytes) }

    /// The unique part of a batch's names in outbox and archive, for example `20251219_142007_dealers-july`.
    ///
    /// - Parameter batch: the name of the batch as bytes; made safe, and cut to 80 bytes at the border of a character.
    package static func batchID(closed: CivilTime, batch: [UInt8]) -> String {
        var changes: Set<CleanName.Change> = []
        let safe = SafeComponent(CleanName.decode(batch, &changes), maximumBytes: 80, leadsName: false).text
        return "\(closed.compact)_\(safe)"
    }

    /// The common beginning of a delivery's files in the outbox, without ending, for example
    /// `heygem_batch_result_20251219_142007_dealers-july`.
    ///
    /// - Parameters:
    ///   - number: 2 and more add `-2`, for when the name is taken.
    ///   - maximumBytes: for file systems with short names: it is cut at the border of a character.
    package static func outboxBase(batchID: String, number: Int = 1, maximumBytes: Int = .max) -> String {
        let end = number > 1 ? "-\(number)" : ""
        let whole = "heygem_batch_result_\(batchID)"
        guard whole.utf8.count + end.utf8.count > maximumBytes else { return whole + end }
        let cut = SafeComponent.cut(whole, to: maximumBytes - end.utf8.count)
        return String(cut.reversed().drop { $0 == " " || $0 == "." }.reversed()) + end
    }
}
