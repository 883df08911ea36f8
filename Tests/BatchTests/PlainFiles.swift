import Batch
import SystemPackage

/// The pairing of section 4 once more, over all files each time, with plain strings.
struct PlainFiles {
    enum State { case written, settled, kept }

    struct Wanted {
        let files: PlainPair
        let isDefault: Bool
    }

    private(set) var states: [FilePath: State] = [:]
    private var names: [FilePath: PlainName] = [:]
    /// What stood in each `items.csv` when it last settled.
    private var tables: [FilePath: Manifest] = [:]
    var defaultAvatar: FilePath?

    var fresh: [FilePath] { states.filter { $0.value != .kept }.map(\.key) }
    var written: [FilePath] { states.filter { $0.value == .written }.map(\.key) }

    mutating func set(_ path: FilePath, _ state: State?, _ manifest: Manifest? = nil) {
        states[path] = state
        names[path] = state == nil ? nil : names[path] ?? PlainName(path)
        if state == nil { tables[path] = nil }
        if let manifest, names[path]?.isTable == true { tables[path] = manifest }
    }

    func isThere(_ path: FilePath) -> Bool { states[path] == .settled || states[path] == .kept }
    func isDelivered(_ wanted: Wanted) -> Bool { wanted.files.all.allSatisfy { states[$0] == .kept } }

    func batch(of path: FilePath) -> BatchFolder {
        path.components.count > 1 ? path.components.first.map(BatchFolder.folder) ?? .loose : .loose
    }

    // MARK: items.csv

    func table(of folder: BatchFolder) -> FilePath? {
        let all = names.filter { $0.value.isTable && batch(of: $0.key) == folder && states[$0.key] != .kept }.keys
        return all.first { $0.lastComponent?.string == "items.csv" } ?? all.min { $0.string < $1.string }
    }

    func isTableUnclear(in folder: BatchFolder) -> Bool {
        guard let path = table(of: folder) else { return false }
        if case .items = tables[path], states[path] == .settled { return false }
        return true
    }

    /// By audio, the avatar of its row; empty where the row names one that is no use.
    private func rows(of folder: BatchFolder) -> [FilePath: FilePath] {
        guard let path = table(of: folder), case .items(let table) = tables[path] else { return [:] }
        let all = names.filter { batch(of: $0.key) == folder }.sorted { $0.key.string < $1.key.string }
        let wanted = table.rows.map { (audio: text($0.audio), avatar: $0.avatar.map(text)) }
        var audios = all.filter { $0.value.role == "audio" }.map(\.key)
        var rows: [FilePath: FilePath] = [:]
        var open: [(audio: String, avatar: String?)] = []
        func take(_ index: Int, _ row: (audio: String, avatar: String?)) {
            let audio = audios.remove(at: index)
            guard let name = row.avatar else { return }
            let faces = all.filter {
                ["avatar", "foreign"].contains($0.value.role) && $0.value.relative.lowercased() == name.lowercased()
            }
            let face = faces.first { $0.value.relative == name } ?? faces.first
            rows[audio] = face?.value.role == "avatar" ? face?.key : ""
        }
        for row in wanted {
            if let index = audios.firstIndex(where: { names[$0]?.relative == row.audio }) {
                take(index, row)
            } else {
                open.append(row)
            }
        }
        for row in open {
            if let index = audios.firstIndex(where: { names[$0]?.relative.lowercased() == row.audio.lowercased() }) {
                take(index, row)
            }
        }
        return rows
    }

    /// Avatars that rows name, whether or not their audios are there.
    private func named(in folder: BatchFolder) -> Set<FilePath> {
        guard let path = table(of: folder), case .items(let table) = tables[path] else { return [] }
        let faces = names.filter { batch(of: $0.key) == folder && $0.value.role == "avatar" }
            .sorted { $0.key.string < $1.key.string }
        return Set(
            table.rows.compactMap { row in
                guard let name = row.avatar.map(text) else { return nil }
                let alike = faces.filter { $0.value.relative.lowercased() == name.lowercased() }
                return (alike.first { $0.value.relative == name } ?? alike.first)?.key
            })
    }

    private func text(_ bytes: [UInt8]) -> String { String(decoding: bytes, as: UTF8.self) }

    // MARK: Pairing

    func wanted(in folder: BatchFolder) -> [Wanted] {
        let all = names.filter { batch(of: $0.key) == folder }
        let (rows, named) = (rows(of: folder), named(in: folder))
        let free = all.filter { path, name in
            name.role == "avatar" && name.folded != "avatar" && !named.contains(path)
                && !all.values.contains { $0.role == "audio" && $0.folder == name.folder && $0.folded == name.folded }
        }
        let led = all.filter { $0.value.role == "audio" }.compactMap { path, name -> Wanted? in
            if let avatar = rows[path] { return avatar.isEmpty ? nil : wanted(path, avatar, isDefault: false) }
            if let avatar = best("avatar", in: name.folder, stem: name.stem) {
                return wanted(path, avatar, isDefault: false)
            }
            let speaks = name.folded == "audio" && free.values.contains { $0.folder == name.folder }
            return upwards(name.folder, levels: speaks ? 1 : .max).map { wanted(path, $0, isDefault: true) }
        }
        let spoken = free.compactMap { path, name in
            best("audio", in: name.folder, stem: "audio").map { wanted($0, path, isDefault: true) }
        }
        return led + spoken
    }

    private func wanted(_ audio: FilePath, _ avatar: FilePath, isDefault: Bool) -> Wanted {
        Wanted(files: PlainPair(audio, avatar, avatar.isAbsolute ? nil : points(of: avatar)), isDefault: isDefault)
    }

    private func upwards(_ folder: [String], levels: Int) -> FilePath? {
        var folder = folder
        for _ in 0..<levels {
            if let avatar = best("avatar", in: folder, stem: "avatar") { return avatar }
            guard folder.count > 1 else { return levels == .max ? defaultAvatar : nil }
            folder.removeLast()
        }
        return nil
    }

    private func best(_ role: String, in folder: [String], stem: String) -> FilePath? {
        let alike = names.filter {
            $0.value.role == role && $0.value.folder == folder && $0.value.folded == stem.lowercased()
        }
        let exact = alike.filter { Array($0.value.stem.utf8) == Array(stem.utf8) }
        return (exact.isEmpty ? alike : exact).min { ($0.value.rank, $0.key.string) < ($1.value.rank, $1.key.string) }?
            .key
    }

    private func points(of avatar: FilePath) -> FilePath? {
        let avatar = PlainName(avatar)
        let alike = names.filter {
            $0.value.role == "points" && $0.value.folder == avatar.folder && $0.value.folded == avatar.folded
        }
        return alike.first { Array($0.value.stem.utf8) == Array(avatar.stem.utf8) }?.key
            ?? alike.keys.min { $0.string < $1.string }
    }
}

/// A path read with plain strings.
private struct PlainName {
    let folder: [String]
    let relative: String
    let stem: String
    let folded: String
    let role: String
    let rank: Int
    let isTable: Bool

    init(_ path: FilePath) {
        let name = path.lastComponent?.string ?? ""
        let ending = (path.extension ?? "").lowercased()
        folder = path.components.dropLast().map(\.string)
        relative = path.components.dropFirst(folder.isEmpty ? 0 : 1).map(\.string).joined(separator: "/")
        isTable = folder.count < 2 && name.lowercased() == "items.csv"
        rank = Self.pictures.firstIndex(of: ending) ?? Self.sounds.firstIndex(of: ending) ?? Self.pictures.count
        if name.lowercased().hasSuffix(".face.json") {
            role = "points"
            stem = String(name.dropLast(".face.json".count))
        } else {
            role =
                Self.pictures.contains(ending)
                ? "avatar" : Self.sounds.contains(ending) ? "audio" : Self.foreign.contains(ending) ? "foreign" : "else"
            stem = name.lastIndex(of: ".").map { String(name[..<$0]) } ?? name
        }
        folded = stem.lowercased()
    }

    private static let pictures = list("mp4 mov mkv webm avi m4v png jpg jpeg webp bmp")
    private static let sounds = list("wav mp3 m4a aac flac ogg opus wma aiff caf")
    /// Those that the scenarios use.
    private static let foreign = list("heic docx mka pdf gif zip")

    private static func list(_ words: String) -> [String] { words.split(separator: " ").map(String.init) }
}
