/// What the local and the central header of an entry have in common, as read from an archive.
struct ZipRecord {
    /// From the version needed to the length of the extra fields.
    static let size = 26

    struct Field: Equatable {
        let id: UInt16
        let bytes: [UInt8]
    }

    let version, flags, method, time, date: UInt16
    let crc32, shortPackedSize, shortSize: UInt32
    let nameLength, extraLength: Int
    private let head: [UInt8]
    var name: [UInt8] = []
    /// nil when the extra fields don't fill their place exactly.
    var fields: [Field]? = []

    /// - Parameter bytes: `size` of them, or more.
    init(_ bytes: [UInt8]) {
        head = Array(bytes.prefix(Self.size))
        version = bytes.number(at: 0)
        flags = bytes.number(at: 2)
        method = bytes.number(at: 4)
        time = bytes.number(at: 6)
        date = bytes.number(at: 8)
        crc32 = bytes.number(at: 10)
        shortPackedSize = bytes.number(at: 14)
        shortSize = bytes.number(at: 18)
        nameLength = Int(bytes.number(at: 22, as: UInt16.self))
        extraLength = Int(bytes.number(at: 24, as: UInt16.self))
    }

    /// All of it, name and extra fields included but for one; extra fields that make no sense are left out.
    func bytes(without id: UInt16) -> [UInt8] {
        var bytes = head + name
        for field in fields ?? [] where field.id != id {
            bytes.append(littleEndian: field.id)
            bytes.append(littleEndian: UInt16(field.bytes.count))
            bytes += field.bytes
        }
        return bytes
    }

    /// How messages call the entry.
    var title: String { String(decoding: name, as: UTF8.self) }

    func field(_ id: UInt16) -> Field? { fields?.first { $0.id == id } }

    /// The true numbers behind header fields of 32 bits, in the order of the zip64 field; nil when that field lacks
    /// one, has one too many, or one that needs no zip64.
    func wide(_ shorts: [UInt32]) -> [UInt64]? {
        let overflowing = shorts.filter { UInt64($0) == ZipFormat.overflow32 }.count
        guard let zip64 = field(ZipFormat.zip64Field) else { return overflowing == 0 ? shorts.map { UInt64($0) } : nil }
        guard overflowing > 0, zip64.bytes.count == overflowing * 8 else { return nil }
        var next = 0
        let numbers = shorts.map { short -> UInt64 in
            guard UInt64(short) == ZipFormat.overflow32 else { return UInt64(short) }
            defer { next += 8 }
            return zip64.bytes.number(at: next)
        }
        return zip(shorts, numbers).allSatisfy { UInt64($0) < ZipFormat.overflow32 || $1 >= ZipFormat.overflow32 }
            ? numbers : nil
    }

    /// Whether `ZipWriter` may have written it: no other program that we know stores with this version and these fields.
    var looksOurs: Bool {
        (version == ZipFormat.plainVersion || version == ZipFormat.zip64Version) && method == 0
            && field(ZipFormat.timeField)?.bytes.count == 5
    }

    static func fields(_ bytes: [UInt8]) -> [Field]? {
        var fields: [Field] = []
        var start = 0
        while start < bytes.count {
            guard start + 4 <= bytes.count else { return nil }
            let end = start + 4 + Int(bytes.number(at: start + 2, as: UInt16.self))
            guard end <= bytes.count else { return nil }
            fields.append(Field(id: bytes.number(at: start), bytes: Array(bytes[start + 4..<end])))
            start = end
        }
        return fields
    }
}
