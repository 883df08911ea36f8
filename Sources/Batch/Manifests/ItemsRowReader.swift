import StrictYAML
import Words

/// Reads the rows of an `items.csv` one after the other, and refuses what stood before.
struct ItemsRowReader {
    private let columns: ItemsColumns
    private var linesOfAudios: [[UInt8]: Int] = [:]
    private var linesOfNames: [String: Int] = [:]

    init(columns: ItemsColumns) {
        self.columns = columns
    }

    mutating func row(_ record: DelimitedText.Record) throws(SettingProblem) -> ItemsTable.Row {
        guard !columns.isOverfull(record) else {
            throw SettingProblem(
                "has more cells than the first line; a cell with a comma or semicolon in it has to stand in quotes",
                zh: "单元格比首行多；含逗号或分号的单元格必须加引号")
        }
        guard let audio = columns.cell(.audio, of: record) else {
            throw SettingProblem("the audio is missing", zh: "缺少音频")
        }
        var row = ItemsTable.Row(line: record.line, audio: try Self.path(audio, .audio))
        row.avatar = try columns.cell(.avatar, of: record).map { (cell) throws(SettingProblem) in
            try Self.path(cell, .avatar)
        }
        row.name = try columns.cell(.name, of: record).map { (cell) throws(SettingProblem) in
            try Self.name(cell)
        }
        row.tags =
            try columns.cell(.tags, of: record).map { (cell) throws(SettingProblem) in
                try Self.naming(.tags) { () throws(SettingProblem) in
                    try MarkerContent.tags(SettingValue(text: cell))
                }
            } ?? []
        try note(row)
        return row
    }

    private mutating func note(_ row: ItemsTable.Row) throws(SettingProblem) {
        if let line = linesOfAudios.updateValue(row.line, forKey: row.audio) {
            let audio = String(decoding: row.audio, as: UTF8.self)
            throw SettingProblem("“\(audio)” stands in line \(line) already", zh: "“\(audio)”已在第 \(line) 行出现")
        }
        if let name = row.name, let line = linesOfNames.updateValue(row.line, forKey: name) {
            throw SettingProblem("the name “\(name)” stands in line \(line) already", zh: "名称“\(name)”已在第 \(line) 行出现")
        }
    }

    /// With `/` between folders, whichever way they were written.
    private static func path(_ text: String, _ column: ItemsColumns.Column) throws(SettingProblem) -> [UInt8] {
        // Linux has no longer ones
        guard text.utf8.count <= 4096 else {
            throw SettingProblem("\(column.rawValue): the path is too long", zh: "\(column.rawValue)：路径过长")
        }
        let path = text.replacing("\\", with: "/")
        let hasDrive = path.dropFirst().first == ":" && path.first?.isLetter == true
        guard !path.hasPrefix("/"), !hasDrive else {
            throw SettingProblem(
                "“\(text)” has to be given from the batch's folder on, such as vip/003.wav",
                zh: "“\(text)”必须是相对于批次文件夹的路径，例如 vip/003.wav")
        }
        let components = path.split(separator: "/").filter { $0 != "." }
        guard !components.isEmpty else {
            throw SettingProblem("\(column.rawValue): “\(text)” names no file", zh: "\(column.rawValue)：“\(text)”不是文件名")
        }
        guard !components.contains("..") else {
            throw SettingProblem("“\(text)” leads out of the batch's folder", zh: "“\(text)”超出了批次文件夹")
        }
        return Array(components.joined(separator: "/").utf8)
    }

    /// What is said of a value alone is said of its column.
    private static func naming<Value>(
        _ column: ItemsColumns.Column, _ body: () throws(SettingProblem) -> Value
    ) throws(SettingProblem) -> Value {
        do throws(SettingProblem) {
            return try body()
        } catch {
            throw SettingProblem("\(column.rawValue): \(error.words.en)", zh: "\(column.rawValue)：\(error.words.zh)")
        }
    }

    private static func name(_ text: String) throws(SettingProblem) -> String {
        let name = try naming(.name) { () throws(SettingProblem) in try MarkerContent.name(text) }
            .replacing("\\", with: "/")
        let components = name.split(separator: "/", omittingEmptySubsequences: false)
        guard !components.contains(where: { ["", ".", ".."].contains($0) }) else {
            throw SettingProblem("“\(name)” can't be the name of a video", zh: "“\(name)”不能作为视频名称")
        }
        return name
    }
}
