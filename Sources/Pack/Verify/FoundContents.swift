import Words

/// The entries of an archive by their names, as far as they could be read, and what is wrong with each.
struct FoundContents {
    struct Found {
        var size: UInt64
        var sums: EntryData
        var bytes: [UInt8]? { sums.bytes }
    }

    /// Of entries and of those that were only spoken of, each once.
    private(set) var names: [String] = []
    private var known: Set<String> = []
    private var keys: Set<String> = []
    private var found: [String: Found] = [:]
    private var faults: [String?: [Phrase]] = [:]
    let archiveSize: UInt64

    init(_ locals: [LocalRecord], faults: [ZipFault], archiveSize: UInt64) {
        self.archiveSize = archiveSize
        for local in locals {
            let name = local.record.title
            if !add(name) {
                self.faults[name, default: []].append(Phrase("its name is in the ZIP twice", zh: "其名称在 ZIP 中出现两次"))
            }
            if found[name] == nil { found[name] = Found(size: local.size, sums: local.data) }
        }
        for fault in faults {
            self.faults[fault.entry, default: []].append(fault.what)
            if let name = fault.entry { add(name) }
        }
    }

    /// - Returns: whether no other agrees with it without case.
    @discardableResult
    private mutating func add(_ name: String) -> Bool {
        if known.insert(name).inserted { names.append(name) }
        return keys.insert(NameKey(name).text).inserted
    }

    subscript(name: String) -> Found? { found[name] }

    /// nil for those of the archive as a whole.
    func faults(of name: String?) -> [Phrase] { faults[name] ?? [] }

    /// An entry that only the directory knows.
    mutating func add(_ name: String, size: UInt64, data: EntryData?, expecting crc32: UInt32) {
        add(name)
        guard let data else {
            faults[name, default: []].append(
                Phrase("its header is damaged, or a part of it is missing", zh: "其文件头已损坏，或缺少一部分"))
            return
        }
        if data.crc32 != crc32 { faults[name, default: []].append(ArchiveWalk.wrongCRC) }
        found[name] = Found(size: size, sums: data)
    }
}
