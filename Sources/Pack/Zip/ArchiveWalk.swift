import Disk
import Words

/// One pass over an archive: entries, directory, end records, nothing else.
struct ArchiveWalk: ~Copyable {
    private(set) var faults: [ZipFault] = []
    /// Where it stopped making sense; nil when it was read to its end.
    private(set) var breakOffset: UInt64?
    private(set) var locals: [LocalRecord] = []
    /// Whether any local header looks like one of `ZipWriter`'s.
    private(set) var isOurs = false
    private var stream: ArchiveStream
    private let keeping: EntryKeeping

    init(_ archive: OpenFile, keeping: EntryKeeping = .nothing, _ cancellation: Cancellation?) {
        stream = ArchiveStream(archive, cancellation)
        self.keeping = keeping
    }

    var offset: UInt64 { stream.offset }
    var sha256: String { stream.sha256 }

    /// Thrown inside where what follows can't be told from noise.
    private enum Stop: Error {
        case unreadable(ZipProblem)
        case nonsense(ZipFault)
    }

    mutating func run() throws(ZipProblem) {
        do {
            try walk()
        } catch {
            switch error {
            case .unreadable(let problem): throw problem
            case .nonsense(let fault):
                faults.append(fault)
                breakOffset = stream.offset
            }
        }
    }

    /// Reads what `run` did not make sense of, for the size and the SHA-256 of the whole.
    mutating func finish() throws(ZipProblem) { _ = try stream.drain() }

    private mutating func walk() throws(Stop) {
        var signature = try takeSignature()
        while signature == ZipFormat.localSignature {
            try readLocal()
            signature = try takeSignature()
        }
        let directoryOffset = stream.offset - 4
        var count = 0
        while signature == ZipFormat.centralSignature {
            try readCentral(count)
            count += 1
            signature = try takeSignature()
        }
        checkFolders()
        // Worked out from what was read, not from what was to be written.
        let directoryEnd = stream.offset - 4
        let expected = ZipEnd(
            count: UInt64(count), directoryOffset: directoryOffset, directorySize: directoryEnd - directoryOffset
        ).bytes
        if count != locals.count {
            faults.append(
                ZipFault(
                    Phrase(
                        "it has \(locals.count) files, the directory \(count)",
                        zh: "其中有 \(locals.count) 个文件，目录中有 \(count) 个")))
        }
        guard signature == expected.number(at: 0), try take(expected.count - 4) == Array(expected.dropFirst(4)) else {
            throw .nonsense(
                ZipFault(
                    Phrase(
                        "its end record is wrong or not where the directory ends, at byte \(directoryEnd)",
                        zh: "结束记录有误，或不在目录结束处（第 \(directoryEnd) 字节）")))
        }
        let trailing = try reading { stream throws(ZipProblem) in try stream.drain() }
        if trailing > 0 {
            faults.append(ZipFault(Phrase("\(trailing) bytes follow its end", zh: "结尾之后多出 \(trailing) 字节")))
        }
    }

    /// No file can be unpacked where a folder of another stands.
    private mutating func checkFolders() {
        // two different names of equal hash are as likely as an error that the CRC doesn't see
        let files = Set(locals.lazy.map { NameKey($0.record.title).text.hashValue })
        for name in locals.lazy.map(\.record.title)
        where NameKey(name).folders.contains(where: { files.contains($0.hashValue) }) {
            faults.append(ZipFault(Phrase("a folder of it has the name of a file", zh: "其所在文件夹与某个文件同名"), entry: name))
        }
    }

    private mutating func readLocal() throws(Stop) {
        let offset = stream.offset - 4
        var record = ZipRecord(try take(ZipRecord.size))
        try takeNames(&record)
        isOurs = isOurs || record.looksOurs
        guard let size = record.wide([record.shortSize, record.shortPackedSize])?.first else {
            throw .nonsense(ZipFault(Phrase("its size can't be read", zh: "无法读取其大小"), entry: record.title))
        }
        for problem in LocalRecord.problems(record, dataOffset: stream.offset) {
            faults.append(ZipFault(problem, entry: record.title))
        }
        let keeping = keeping
        let name = record.title
        let data = try reading { stream throws(ZipProblem) in
            try stream.data(size, hashing: keeping.hashes, keeping: name == keeping.name ? keeping.limit : nil)
        }
        guard let data else {
            throw .nonsense(ZipFault(Phrase("the archive ends inside of it", zh: "压缩包在其中间就结束了"), entry: name))
        }
        if data.crc32 != record.crc32 { faults.append(ZipFault(Self.wrongCRC, entry: name)) }
        locals.append(LocalRecord(record, offset: offset, size: size, data: data))
    }

    static let wrongCRC = Phrase("its bytes don't fit its CRC", zh: "内容与其 CRC 不符")

    private mutating func readCentral(_ index: Int) throws(Stop) {
        let head = try take(CentralRecord.headSize)
        let record = ZipRecord(try take(ZipRecord.size))
        var central = CentralRecord(head: head, record: record, tail: try take(CentralRecord.tailSize))
        try takeNames(&central.record)
        guard index < locals.count else { return }
        for problem in central.problems(locals[index]) {
            faults.append(ZipFault(problem, entry: locals[index].record.title))
        }
    }

    private mutating func takeNames(_ record: inout ZipRecord) throws(Stop) {
        record.name = try take(record.nameLength)
        record.fields = ZipRecord.fields(try take(record.extraLength))
    }

    private mutating func takeSignature() throws(Stop) -> UInt32 { try take(4).number(at: 0) }

    private mutating func take(_ count: Int) throws(Stop) -> [UInt8] {
        let bytes = try reading { stream throws(ZipProblem) in try stream.take(count) }
        guard let bytes else {
            throw .nonsense(
                ZipFault(
                    Phrase("it ends too early, after \(stream.offset) bytes", zh: "过早结束，只有 \(stream.offset) 字节")))
        }
        return bytes
    }

    private mutating func reading<Value>(
        _ body: (inout ArchiveStream) throws(ZipProblem) -> Value
    ) throws(Stop) -> Value {
        do { return try body(&stream) } catch { throw .unreadable(error) }
    }
}
