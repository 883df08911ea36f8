import Batch
import Foundation
import Pack
import SystemPackage
import Words

/// What of ours stands in a batch's folder in `_failed`, so that the folder can be dropped again as it is: why each
/// item has no video, a marker, and the rows of `items.csv` where one was used.
struct FailedFolder {
    static let reasons: FilePath = "reasons.csv"
    static let table: FilePath = "items.csv"

    let files: [FilePath: [UInt8]]

    /// - Parameters:
    ///   - items: all of the batch.
    ///   - hasInputs: whether there is anything to be dropped again.
    init(delivery: DeliveryRecord, items: [ItemRecord], hasInputs: Bool, settings: PublisherSettings) {
        let bad = items.filter { $0.status != .ok }
        var files: [FilePath: [UInt8]] = [:]
        if !bad.isEmpty {
            files[Self.reasons] = ResultTable(delivery: delivery, items: bad, language: settings.language).csv
        }
        if hasInputs {
            files[FilePath(settings.failedMarker)] = Self.marker(delivery.batch)
            let rows = bad.compactMap(\.detail.row)
            if !rows.isEmpty { files[Self.table] = Self.table(rows) }
        }
        self.files = files
    }

    /// Names that no input gets.
    static func names(_ settings: PublisherSettings) -> Set<FilePath> {
        [reasons, table, FilePath(settings.failedMarker)]
    }

    /// Without `expect`: what is dropped again is only a part. With a title, so that the results keep the batch's name.
    private static func marker(_ batch: BatchRecord) -> [UInt8] {
        var lines = ["title: \(quoted(batch.title))"]
        if !batch.marker.tags.isEmpty {
            lines.append("tags: [\(batch.marker.tags.map(quoted).joined(separator: ", "))]")
        }
        if let name = batch.marker.operatorName { lines.append("operator: \(quoted(name))") }
        if let engine = batch.marker.engine { lines.append("engine: \(quoted(engine))") }
        return Array((lines.joined(separator: "\n") + "\n").utf8)
    }

    /// A text in YAML's double quotes; longer than what a marker may say it is cut, and what YAML doesn't take, or takes
    /// for a line's end, or nobody sees, is dropped.
    private static func quoted(_ text: String) -> String {
        let plain = text.unicodeScalars.filter { scalar in
            !scalar.isControlOrBidi && !scalar.properties.isNoncharacterCodePoint
        }
        let escaped = String(String.UnicodeScalarView(plain)).prefix(200)
            .replacing("\\", with: "\\\\").replacing("\"", with: "\\\"")
        return "\"\(escaped)\""
    }

    private static func table(_ rows: [ItemRecord.TableRow]) -> [UInt8] {
        let lines = rows.map { row in
            [
                String(decoding: row.audio, as: UTF8.self),
                row.avatar.map { String(decoding: $0, as: UTF8.self) } ?? "",
                row.name ?? "", row.tags.joined(separator: ";"),
            ].map(cell).joined(separator: ",")
        }
        let text = (["audio,avatar,name,tags"] + lines).map { $0 + "\r\n" }.joined()
        return Array(("\u{FEFF}" + text).utf8)
    }

    private static func cell(_ text: String) -> String {
        let isPlain = !text.utf8.contains { "\",;\r\n\t".utf8.contains($0) }
        return isPlain ? text : "\"" + text.replacing("\"", with: "\"\"") + "\""
    }
}
