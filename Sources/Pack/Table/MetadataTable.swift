package import Foundation

/// `metadata.csv`: every column of every row, for spreadsheets and for programs.
package enum MetadataTable {
    package static let columns = [
        "batch", "batch_id", "item", "status", "tags", "audio", "avatar", "video", "reason", "message", "note",
        "engine", "attempts", "queued_at", "started_at", "finished_at", "render_seconds", "audio_seconds",
        "video_seconds", "width", "height", "fps", "video_codec", "audio_codec", "bytes", "crc32", "sha256",
        "audio_sha256", "avatar_sha256",
    ]

    /// UTF-8 with a byte order mark, so that Excel does not guess; RFC 4180 with CRLF.
    ///
    /// - Parameters:
    ///   - rows: in the order in which they are to stand.
    ///   - timeZone: the times are told in it, with its offset.
    package static func csv(_ rows: [MetadataRow], timeZone: TimeZone) -> [UInt8] {
        head + rows.flatMap { line($0, timeZone: timeZone) }
    }

    /// What stands before the first row.
    package static let head = CSVText.byteOrderMark + CSVText.line(columns.map(CSVCell.init))

    /// A row by itself, for tables that are too long to be held whole.
    package static func line(_ row: MetadataRow, timeZone: TimeZone) -> [UInt8] {
        CSVText.line(cells(row, timeZone))
    }

    /// In the order of `columns`.
    private static func cells(_ row: MetadataRow, _ timeZone: TimeZone) -> [CSVCell] {
        [
            CSVCell(row.batch), CSVCell(row.batchID), CSVCell(row.item), CSVCell(row.status.rawValue),
            CSVCell(row.tags.joined(separator: ";")), CSVCell(row.audio), CSVCell(row.avatar), CSVCell(row.video),
            CSVCell(row.reason), CSVCell(row.message), CSVCell(row.note), CSVCell(row.engine),
            CSVCell(row.attempts), CSVCell(row.queuedAt, timeZone: timeZone),
            CSVCell(row.startedAt, timeZone: timeZone), CSVCell(row.finishedAt, timeZone: timeZone),
            CSVCell(row.renderSeconds), CSVCell(row.audioSeconds), CSVCell(row.videoSeconds),
            CSVCell(row.width), CSVCell(row.height), CSVCell(row.fps), CSVCell(row.videoCodec),
            CSVCell(row.audioCodec), CSVCell(row.bytes), CSVCell(crc32: row.crc32), CSVCell(row.sha256),
            CSVCell(row.audioSHA256), CSVCell(row.avatarSHA256),
        ]
    }
}
