package import Words

/// A name in the ZIP that Windows, macOS and Linux can all unpack.
package struct SafeName: Hashable, Sendable {
    /// Valid UTF-8 in NFC, `/` between folders.
    package let name: String
    /// What was changed, in words for the user; nil when nothing was.
    package let note: Phrase?

    /// Gives each original its name. Where several agree, the first in byte order keeps it and the others get
    /// ` (2)`, ` (3)` and so on before the ending.
    ///
    /// The result does not depend on the order in which the names are given, and no two of it agree without case.
    /// - Parameters:
    ///   - originals: relative paths as bytes, `/` between folders.
    ///   - reserved: names at the top that are taken already.
    /// - Returns: one for each original, in their order.
    package static func assign(_ originals: [[UInt8]], reserved: Set<String> = ["metadata.csv"]) -> [SafeName] {
        let reservedKeys = Set(reserved.map { NameKey($0).text })
        let cleaned = originals.map { CleanName($0, reservedFolders: reservedKeys) }
        var taken = reservedKeys
        for name in cleaned { taken.formUnion(NameKey(name.text).folders) }

        var names = [String?](repeating: nil, count: originals.count)
        let order = originals.indices.sorted {
            originals[$0] == originals[$1] ? $0 < $1 : originals[$0].lexicographicallyPrecedes(originals[$1])
        }
        // All that may keep their names first, so that a ` (2)` of ours never displaces a name that someone chose.
        for index in order where taken.insert(NameKey(cleaned[index].text).text).inserted {
            names[index] = cleaned[index].text
        }
        var lastNumber: [String: Int] = [:]
        for index in order where names[index] == nil {
            let key = NameKey(cleaned[index].text).text
            var number = lastNumber[key, default: 1]
            var name: String
            repeat {
                number += 1
                name = cleaned[index].numbered(number)
            } while !taken.insert(NameKey(name).text).inserted
            lastNumber[key] = number
            names[index] = name
        }
        return zip(cleaned, names).map { cleaned, name in
            let name = name ?? cleaned.text
            return SafeName(name: name, note: cleaned.note(finalName: name))
        }
    }

    package static func assign(_ originals: [String]) -> [SafeName] {
        assign(originals.map { Array($0.utf8) })
    }

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
