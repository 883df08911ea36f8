import Delivery
import Foundation
import Pack
import Words

/// The audit log for people, for spreadsheets and for programs.
struct HistoryText {
    let entries: [AuditEntry]
    let timeZone: TimeZone
    let language: Language

    private static let columns = [
        "at", "event", "batch", "who", "files", "bytes", "zip", "sha256", "first", "detail",
    ]

    func json() throws -> String { try JSONForm.text(entries) }

    /// In the form of `metadata.csv`; events by their codes.
    var csv: [UInt8] {
        CSVText.bytes(
            of: [Self.columns]
                + entries.map { entry in
                    [
                        time(entry).rfc3339, entry.event.rawValue, entry.batch, entry.who ?? "",
                        entry.files.map { "\($0)" } ?? "", entry.bytes.map { "\($0)" } ?? "", entry.zip ?? "",
                        entry.sha256 ?? "", entry.first ?? "", entry.detail,
                    ]
                })
    }

    var table: String {
        guard !entries.isEmpty else { return Phrase("Nothing has been delivered yet.", zh: "尚无记录。").text(language) }
        let header = [
            Phrase("WHEN", zh: "时间"), Phrase("WHAT", zh: "事件"), Phrase("WHO", zh: "操作人"), Phrase("FILES", zh: "文件数"),
            Phrase("SIZE", zh: "大小"), Phrase("BATCH OR ZIP", zh: "批次或 ZIP"), Phrase("SHA-256", zh: "SHA-256"),
        ].map { $0.text(language) }
        return AlignedColumns.text([header] + entries.map(row))
    }

    private func row(_ entry: AuditEntry) -> [String] {
        let zip = entry.zip ?? (entry.batch.isEmpty ? entry.detail : entry.batch)
        let name = entry.first.map { Phrase("\(zip) (again; first: \($0))", zh: "\(zip)（重新交付；首次：\($0)）") }
        return [
            String(time(entry).rfc3339.prefix(19)).replacing("T", with: " "), words(entry.event).text(language),
            entry.who ?? "", entry.files.map { "\($0)" } ?? "", entry.bytes.map(ByteText.text) ?? "",
            name?.text(language) ?? zip, sums(entry).text(language),
        ].map(PlainText.line)
    }

    /// Those of many ZIPs are too long for a line.
    private func sums(_ entry: AuditEntry) -> Phrase {
        let count = entry.sha256?.split(separator: " ").count ?? 0
        guard count > 1 else { return Phrase(verbatim: entry.sha256 ?? "") }
        return Phrase("of \(count) ZIPs: see --csv", zh: "共 \(count) 个 ZIP：见 --csv")
    }

    private func time(_ entry: AuditEntry) -> CivilTime {
        CivilTime(seconds: Int64(entry.at.timeIntervalSince1970.rounded(.down)), timeZone: timeZone)
    }

    private func words(_ event: AuditEntry.Event) -> Phrase {
        switch event {
        case .closed: Phrase("closed", zh: "已关闭")
        case .delivered: Phrase("delivered", zh: "已交付")
        case .archived: Phrase("files moved", zh: "文件已移动")
        case .moved: Phrase("files moved later", zh: "文件稍后已移动")
        case .retried: Phrase("retry asked", zh: "要求重试")
        case .cancelled: Phrase("cancelled", zh: "已取消")
        case .resumed: Phrase("resumed", zh: "已恢复")
        case .removed: Phrase("old files removed", zh: "已清理过期文件")
        case .forgotten: Phrase("history forgotten", zh: "已清理历史记录")
        }
    }
}
