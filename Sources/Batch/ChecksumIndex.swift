import SystemPackage

/// The lines of a `SHA256SUMS` joined with the files that they name. A path that is spelled exactly so wins over one
/// that differs in case or accents, for lists come from other systems.
struct ChecksumIndex: Sendable {
    private struct File {
        let path: FilePath
        let relative: [UInt8]
    }

    let list: ChecksumList
    /// By folded path: the entries that name it, by their place in the list.
    private var named: [FoldedName: [Int]] = [:]
    /// By folded path: the files that entries name, in byte order.
    private var files: [FoldedName: [File]] = [:]
    /// Which entry is about a file.
    private var entries: [FilePath: Int] = [:]
    /// Entries that no file has.
    private(set) var missing: Set<Int>

    init(_ list: ChecksumList) {
        self.list = list
        missing = Set(list.entries.indices)
        for (index, entry) in list.entries.enumerated() { named[FoldedName(entry.path), default: []].append(index) }
    }

    /// What the list says of a file; nil where it doesn't name it.
    func sha256(of path: FilePath) -> String? { entries[path].map { list.entries[$0].sha256 } }

    /// What `body` makes of the first entries, with their files, in the order of the list.
    func first<Value>(_ most: Int, _ body: (ChecksumList.Entry, FilePath?) -> Value?) -> [Value] {
        let paths = Dictionary(entries.map { ($1, $0) }) { first, _ in first }
        var values: [Value] = []
        for (index, entry) in list.entries.enumerated() where values.count < most {
            if let value = body(entry, paths[index]) { values.append(value) }
        }
        return values
    }

    /// - Returns: the files of which the list says something else now.
    mutating func insert(_ place: Place) -> [FilePath] {
        let file = File(path: place.path, relative: place.relativePath)
        let key = FoldedName(file.relative)
        guard named[key] != nil else { return [] }
        let position = files[key, default: []].firstIndex { place.path.precedes($0.path) }
        files[key, default: []].insert(file, at: position ?? files[key, default: []].endIndex)
        return assign(key)
    }

    /// - Returns: the files of which the list says something else now.
    mutating func remove(_ place: Place) -> [FilePath] {
        let key = FoldedName(place.relativePath)
        guard files[key] != nil else { return [] }
        files[key]?.removeAll { $0.path == place.path }
        if let index = entries.removeValue(forKey: place.path) { missing.insert(index) }
        if files[key]?.isEmpty == true { files[key] = nil }
        return assign(key)
    }

    /// Each entry has one file at most: the one that is spelled exactly so, and the rest in their orders.
    private mutating func assign(_ key: FoldedName) -> [FilePath] {
        let here = files[key] ?? []
        let before = here.map { entries.removeValue(forKey: $0.path) }
        var (rest, open) = (here, [Int]())
        for index in named[key] ?? [] {
            if let exact = rest.firstIndex(where: { $0.relative == list.entries[index].path }) {
                entries[rest.remove(at: exact).path] = index
            } else {
                open.append(index)
            }
        }
        for (index, file) in zip(open, rest) { entries[file.path] = index }
        missing.formUnion(named[key] ?? [])
        missing.subtract(here.compactMap { entries[$0.path] })
        return zip(here, before).filter { entries[$0.path] != $1 }.map(\.0.path)
    }
}
