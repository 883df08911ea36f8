import Disk

/// One pass over an archive: entries, directory, end records, nothing else.
struct ArchiveWalk: ~Copyable {
    private(set) var problems: [String] = []
    private(set) var locals: [LocalRecord] = []
    private var stream: ArchiveStream

    init(_ archive: OpenFile, _ cancellation: Cancellation?) { stream = ArchiveStream(archive, cancellation) }

    var offset: UInt64 { stream.offset }
    var sha256: String { stream.sha256 }

    /// Thrown inside where what follows can't be told from noise.
    private enum Stop: Error {
        case unreadable(ZipProblem)
        case nonsense(String)
    }

    mutating func run() throws(ZipProblem) {
        do {
            try walk()
        } catch {
            switch error {
            case .unreadable(let problem): throw problem
            case .nonsense(let sentence): problems.append(sentence)
            }
        }
    }

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
        // Worked out from what was read, not from what was to be written.
        let directoryEnd = stream.offset - 4
        let expected = ZipEnd(
            count: UInt64(count), directoryOffset: directoryOffset, directorySize: directoryEnd - directoryOffset
        ).bytes
        if count != locals.count { problems.append("it has \(locals.count) files, the directory \(count)") }
        guard signature == expected.number(at: 0), try take(expected.count - 4) == Array(expected.dropFirst(4)) else {
            throw .nonsense("its end record is wrong or not where the directory ends, at byte \(directoryEnd)")
        }
        let trailing = try reading { stream throws(ZipProblem) in try stream.drain() }
        if trailing > 0 { problems.append("\(trailing) bytes follow its end") }
    }

    private mutating func readLocal() throws(Stop) {
        let offset = stream.offset - 4
        var record = ZipRecord(try take(ZipRecord.size))
        try takeNames(&record)
        guard let size = record.wide([record.shortSize, record.shortPackedSize])?.first else {
            throw .nonsense("\(record.title): its size can't be read")
        }
        for problem in LocalRecord.problems(record, dataOffset: stream.offset) {
            problems.append("\(record.title): \(problem)")
        }
        let crc32 = try reading { stream throws(ZipProblem) in try stream.checksum(size) }
        guard let crc32 else { throw .nonsense("\(record.title): the archive ends inside of it") }
        if crc32 != record.crc32 { problems.append("\(record.title): its bytes don't fit its CRC") }
        locals.append(LocalRecord(record: record, offset: offset, size: size, dataCRC32: crc32))
    }

    private mutating func readCentral(_ index: Int) throws(Stop) {
        let head = try take(CentralRecord.headSize)
        let record = ZipRecord(try take(ZipRecord.size))
        var central = CentralRecord(head: head, record: record, tail: try take(CentralRecord.tailSize))
        try takeNames(&central.record)
        guard index < locals.count else { return }
        for problem in central.problems(locals[index]) { problems.append("\(locals[index].record.title): \(problem)") }
    }

    private mutating func takeNames(_ record: inout ZipRecord) throws(Stop) {
        record.name = try take(record.nameLength)
        record.fields = ZipRecord.fields(try take(record.extraLength))
    }

    private mutating func takeSignature() throws(Stop) -> UInt32 { try take(4).number(at: 0) }

    private mutating func take(_ count: Int) throws(Stop) -> [UInt8] {
        let bytes = try reading { stream throws(ZipProblem) in try stream.take(count) }
        guard let bytes else { throw .nonsense("it ends too early, after \(stream.offset) bytes") }
        return bytes
    }

    private mutating func reading<Value>(
        _ body: (inout ArchiveStream) throws(ZipProblem) -> Value
    ) throws(Stop) -> Value {
        do { return try body(&stream) } catch { throw .unreadable(error) }
    }
}
