import SystemPackage
import Words

/// The rows of `items.csv` joined with the files that they name. A path that is spelled exactly so wins over one that differs in case or accents.
struct TableIndex: Sendable {
    private struct File {
        let path: FilePath
        let relative: [UInt8]
        let role: FileRole
    }

    /// One of the two paths of a row.
    private struct Cell: Hashable {
        let row: Int
        let isAudio: Bool
    }

    let table: ItemsTable
    /// By folded path: the rows that name it.
    private var audios: [FoldedName: [Int]] = [:]
    private var avatars: [FoldedName: [Int]] = [:]
    /// By folded path: the files that rows name, in byte order.
    private var files: [FoldedName: [File]] = [:]
    /// Paths that no file has.
    private var missing: Set<Cell> = []
    /// How often it changed what is missing.
    private(set) var changes = 0

    init(_ table: ItemsTable) {
        self.table = table
        for (index, row) in table.rows.enumerated() {
            audios[FoldedName(row.audio), default: []].append(index)
            missing.insert(Cell(row: index, isAudio: true))
            guard let avatar = row.avatar else { continue }
            avatars[FoldedName(avatar), default: []].append(index)
            missing.insert(Cell(row: index, isAudio: false))
        }
    }

    /// Whether each path of each row is that of a file.
    var isMet: Bool { missing.isEmpty }

    mutating func insert(_ place: Place) {
        let file = File(path: place.path, relative: place.relativePath, role: place.role)
        let key = FoldedName(file.relative)
        guard audios[key] != nil || avatars[key] != nil else { return }
        let position = files[key, default: []].firstIndex { place.path.precedes($0.path) }
        files[key, default: []].insert(file, at: position ?? files[key, default: []].endIndex)
        check(key)
    }

    mutating func remove(_ place: Place) {
        let key = FoldedName(place.relativePath)
        guard files[key] != nil else { return }
        files[key]?.removeAll { $0.path == place.path }
        if files[key]?.isEmpty == true { files[key] = nil }
        check(key)
    }

    /// The files whose pairing may be another one after a change of this file.
    func leads(affectedBy place: Place) -> [FilePath] {
        let key = FoldedName(place.relativePath)
        guard audios[key] != nil || avatars[key] != nil else { return [] }
        let naming = (avatars[key] ?? []).compactMap(audio)
        return (files[key] ?? []).map(\.path) + naming
    }

    /// Audios whose rows name this avatar.
    func audios(naming avatar: Place) -> [FilePath] {
        (avatars[FoldedName(avatar.relativePath)] ?? []).filter { self.avatar(of: $0)?.path == avatar.path }
            .compactMap(audio)
    }

    func names(_ avatar: Place) -> Bool {
        avatars[FoldedName(avatar.relativePath)]?.contains { self.avatar(of: $0)?.path == avatar.path } ?? false
    }

    /// The row of an audio, or of a foreign file that stands in an audio's place.
    func row(of audio: Place) -> Int? {
        let relative = audio.relativePath
        guard let rows = audios[FoldedName(relative)] else { return nil }
        return assigned(rows, in: FoldedName(relative)).first { $0.file == audio.path }?.row
    }

    /// - Returns: nil as long as the row's avatar is not there or can't be one.
    func usableAvatar(of row: Int) -> FilePath? {
        guard let file = avatar(of: row), file.role == .avatar else { return nil }
        return file.path
    }

    private func avatar(of row: Int) -> File? {
        guard let wanted = table.rows[row].avatar else { return nil }
        let candidates = files[FoldedName(wanted)] ?? []
        return candidates.first { $0.relative == wanted } ?? candidates.first
    }

    private func audio(of row: Int) -> FilePath? {
        let key = FoldedName(table.rows[row].audio)
        return assigned(audios[key] ?? [], in: key).first { $0.row == row }?.file
    }

    /// Each file has one row at most: the one that spells it exactly so, and the rest in their orders.
    private func assigned(_ rows: [Int], in key: FoldedName) -> [(row: Int, file: FilePath)] {
        var rest = files[key] ?? []
        if rows.count == 1, rest.count == 1 { return [(rows[0], rest[0].path)] }
        var assigned: [(row: Int, file: FilePath)] = []
        var open: [Int] = []
        for row in rows {
            if let exact = rest.firstIndex(where: { $0.relative == table.rows[row].audio }) {
                assigned.append((row, rest.remove(at: exact).path))
            } else {
                open.append(row)
            }
        }
        return assigned + zip(open, rest.map(\.path)).map { ($0, $1) }
    }

    /// Keeps the list of what is missing right for one folded path.
    private mutating func check(_ key: FoldedName) {
        let met = Set(assigned(audios[key] ?? [], in: key).filter { isAudioName($0.file) }.map(\.row))
        for row in audios[key] ?? [] { set(Cell(row: row, isAudio: true), isMet: met.contains(row)) }
        for row in avatars[key] ?? [] {
            let file = avatar(of: row)
            set(Cell(row: row, isAudio: false), isMet: file.map { $0.role != .audio } ?? false)
        }
    }

    private func isAudioName(_ path: FilePath) -> Bool { Place(path)?.role != .avatar }

    private mutating func set(_ cell: Cell, isMet: Bool) {
        let isChanged = isMet ? missing.remove(cell) != nil : missing.insert(cell).inserted
        if isChanged { changes += 1 }
    }

    // MARK: What is missing

    /// As many lines as one reads before one mends the file.
    private static let toldCells = 3

    /// The first lines whose files are not there.
    func problem(file: FilePath) -> Problem {
        let cells = missing.sorted {
            let (left, right) = (table.rows[$0.row].line, table.rows[$1.row].line)
            return left == right ? $0.isAudio && !$1.isAudio : left < right
        }
        let rest = cells.count - Self.toldCells
        let more = rest > 0 ? [Phrase("and \(rest) more", zh: "另有 \(rest) 处")] : []
        let what = Phrase.joined(cells.prefix(Self.toldCells).map(words) + more)
        return Problem(.badItems, file: file.string, ["what": what])
    }

    private func words(_ cell: Cell) -> Phrase {
        let row = table.rows[cell.row]
        let path = cell.isAudio ? row.audio : row.avatar ?? []
        let name = String(decoding: path, as: UTF8.self)
        if [cell.isAudio ? .audio : .avatar, .foreign].contains(FileName(path).role) {
            let words = Phrase("there is no file \(name)", zh: "没有 \(name) 这个文件")
            return LineProblem(line: row.line, words: words).located
        }
        let what =
            cell.isAudio
            ? Phrase("\(name) is not an audio file", zh: "\(name) 不是音频文件")
            : Phrase("\(name) is not a picture or video", zh: "\(name) 不是图片或视频")
        return LineProblem(line: row.line, words: what).located
    }
}
