package import Disk
import SystemPackage

/// The directory of an archive whose headers can't be followed from the first to the last any more: each entry by
/// itself, where the directory says that it is.
package struct ArchiveDirectory {
    struct Entry {
        var central: CentralRecord
        var size: UInt64
        var offset: UInt64
    }

    let entries: [Entry]
    /// By their names.
    private let places: [String: Int]
    private let file: OpenFile
    private let fileSize: UInt64

    /// More bytes of directory than a million entries have.
    private static let sizeLimit: UInt64 = 512 << 20
    /// The end record and the longest comment behind it.
    private static let tailLimit: UInt64 = 22 + 65_535

    /// nil when no directory is found.
    package init?(_ file: OpenFile) throws(ZipProblem) {
        self.file = file
        do { fileSize = UInt64(max(0, try file.status().signature.size)) } catch { throw .archiveUnreadable(error) }
        guard let place = try Self.place(file, fileSize) else { return nil }
        guard let bytes = try Self.bytes(file, at: place.start, count: place.size) else { return nil }
        let entries = Self.parse(bytes, shift: place.shift)
        self.entries = entries
        guard !entries.isEmpty else { return nil }
        places = Dictionary(entries.indices.map { (entries[$0].central.record.title, $0) }) { first, _ in first }
    }

    /// The bytes of an entry; nil where there is none of that name, or its header is damaged.
    package func source(of name: String) throws(ZipProblem) -> ZipSource? {
        guard let index = places[name], let offset = try dataOffset(of: entries[index]) else { return nil }
        let entry = entries[index]
        do { return try .piece(of: file, at: Int64(offset), size: Int64(entry.size)) } catch {
            throw .archiveUnreadable(error)
        }
    }

    /// What an entry holds; nil when its header or its end is not where the directory says.
    ///
    /// - Parameter budget: bytes that may still be read, so that entries that lie in each other cost no more than one
    ///   reading of the archive.
    func data(of entry: Entry, keeping: EntryKeeping, budget: inout UInt64) throws(ZipProblem) -> EntryData? {
        guard entry.size <= budget, var offset = try dataOffset(of: entry) else { return nil }
        budget -= entry.size
        let isKept = entry.central.record.title == keeping.name
        var sums = EntrySums(hashing: keeping.hashes, keeping: isKept ? keeping.limit : nil)
        let end = offset + entry.size
        while offset < end {
            guard let piece = try Self.bytes(file, at: offset, count: min(end - offset, 1 << 20)) else { return nil }
            piece.withUnsafeBytes { sums.update($0) }
            offset += UInt64(piece.count)
        }
        return sums.data
    }

    private func dataOffset(of entry: Entry) throws(ZipProblem) -> UInt64? {
        let headerSize = UInt64(ZipFormat.localHeaderSize)
        guard let header = try Self.bytes(file, at: entry.offset, count: headerSize),
            header.number(at: 0) == ZipFormat.localSignature
        else { return nil }
        let (nameLength, extraLength) = (header.number(at: 26, as: UInt16.self), header.number(at: 28, as: UInt16.self))
        let offset = entry.offset + headerSize + UInt64(nameLength) + UInt64(extraLength)
        guard entry.central.record.method == 0, entry.size <= fileSize, offset <= fileSize - entry.size else {
            return nil
        }
        return offset
    }

    /// Where the directory is, and how much farther back all lies than its offsets say.
    private static func place(
        _ file: OpenFile, _ fileSize: UInt64
    ) throws(ZipProblem) -> (start: UInt64, size: UInt64, shift: Int64)? {
        let tailStart = fileSize - min(fileSize, tailLimit)
        guard let tail = try bytes(file, at: tailStart, count: fileSize - tailStart), tail.count >= 22 else {
            return nil
        }
        let last = stride(from: tail.count - 22, through: 0, by: -1).first {
            tail.number(at: $0, as: UInt32.self) == ZipFormat.endSignature
        }
        guard let last else { return nil }
        var end = tailStart + UInt64(last)
        var size = UInt64(tail.number(at: last + 12, as: UInt32.self))
        var offset = UInt64(tail.number(at: last + 16, as: UInt32.self))
        if end >= 76, let zip64 = try bytes(file, at: end - 76, count: 56),
            zip64.number(at: 0) == ZipFormat.zip64EndSignature
        {
            (size, offset, end) = (zip64.number(at: 40), zip64.number(at: 48), end - 76)
        }
        guard size <= min(end, sizeLimit) else { return nil }
        // where the sizes put it; its own offset counts from a start that other bytes may have moved
        return (end - size, size, Int64(clamping: end - size) - Int64(clamping: offset))
    }

    private static func parse(_ bytes: [UInt8], shift: Int64) -> [Entry] {
        var entries: [Entry] = []
        var start = 0
        while start + ZipFormat.centralHeaderSize <= bytes.count,
            bytes.number(at: start, as: UInt32.self) == ZipFormat.centralSignature
        {
            guard let central = CentralRecord(bytes, at: start) else { break }
            let record = central.record
            let numbers = central.record.wide([record.shortSize, record.shortPackedSize, central.shortOffset])
            if let numbers {
                let (offset, overflows) = Int64(clamping: numbers[2]).addingReportingOverflow(shift)
                if !overflows, offset >= 0 {
                    entries.append(Entry(central: central, size: numbers[0], offset: UInt64(offset)))
                }
            }
            start += central.size
        }
        return entries
    }

    /// nil when the file ends before.
    private static func bytes(_ file: OpenFile, at offset: UInt64, count: UInt64) throws(ZipProblem) -> [UInt8]? {
        guard offset <= UInt64(Int64.max) - count else { return nil }
        var bytes = [UInt8](repeating: 0, count: Int(count))
        do throws(Errno) {
            var span = bytes.mutableSpan
            let got = try span.withUnsafeMutableBytes { buffer throws(Errno) in
                try file.read(into: buffer, at: Int64(offset))
            }
            return got == bytes.count ? bytes : nil
        } catch {
            throw .archiveUnreadable(error)
        }
    }
}

extension CentralRecord {
    /// From a directory that is all there; nil where it ends inside of the record.
    fileprivate init?(_ bytes: [UInt8], at start: Int) {
        func part(_ offset: Int, _ count: Int) -> [UInt8] {
            Array(bytes[(start + offset)..<(start + offset + count)])
        }
        self.init(head: part(4, 2), record: ZipRecord(part(6, ZipRecord.size)), tail: part(32, Self.tailSize))
        guard start + size <= bytes.count else { return nil }
        record.name = part(ZipFormat.centralHeaderSize, record.nameLength)
        record.fields = ZipRecord.fields(part(ZipFormat.centralHeaderSize + record.nameLength, record.extraLength))
    }

    /// With all that follows its fixed part.
    fileprivate var size: Int {
        ZipFormat.centralHeaderSize + record.nameLength + record.extraLength + Int(commentLength)
    }
}
