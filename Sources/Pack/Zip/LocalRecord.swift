/// An entry as its local header and its data show it.
struct LocalRecord {
    let record: ZipRecord
    /// Where the header starts.
    let offset: UInt64
    let size: UInt64
    let dataCRC32: UInt32

    /// What is wrong with it by itself, in words that follow the entry's name.
    static func problems(_ record: ZipRecord, dataOffset: UInt64) -> [String] {
        let isPlainName = record.name.allSatisfy { $0 < 0x80 }
        let name = String(validating: record.name, as: UTF8.self)
        let checks = [
            (name.map(SafeName.isSafe) == true, "its name is not safe on every system"),
            (record.flags == (isPlainName ? 0 : ZipFormat.utf8Flag), "its flags are \(record.flags)"),
            (record.method == 0, "it is not stored"),
            (record.shortPackedSize == record.shortSize, "its two sizes differ"),
            (hasGoodFields(record, dataOffset: dataOffset), "its extra fields are wrong"),
        ]
        return checks.filter { !$0.0 }.map(\.1)
    }

    private static func hasGoodFields(_ record: ZipRecord, dataOffset: UInt64) -> Bool {
        let order = [ZipFormat.zip64Field, ZipFormat.timeField, ZipFormat.paddingField]
        guard let fields = record.fields, fields.map(\.id) == order.filter({ record.field($0) != nil }) else {
            return false
        }
        if let time = record.field(ZipFormat.timeField), time.bytes.count != 5 || time.bytes[0] != 1 { return false }
        guard let padding = record.field(ZipFormat.paddingField)?.bytes else { return true }
        guard padding.count >= 2 else { return false }
        let alignment: UInt16 = padding.number(at: 0)
        return alignment.nonzeroBitCount == 1 && dataOffset % UInt64(alignment) == 0
            && padding.dropFirst(2).allSatisfy { $0 == 0 }
    }
}

/// An entry as the directory shows it.
struct CentralRecord {
    /// Before and after the part that local headers have too.
    static let headSize = 2
    static let tailSize = 14

    var record: ZipRecord
    let madeBy: UInt16
    let commentLength, disk, internalAttributes: UInt16
    let attributes, shortOffset: UInt32

    init(head: [UInt8], record: ZipRecord, tail: [UInt8]) {
        madeBy = head.number(at: 0)
        self.record = record
        commentLength = tail.number(at: 0)
        disk = tail.number(at: 2)
        internalAttributes = tail.number(at: 4)
        attributes = tail.number(at: 6)
        shortOffset = tail.number(at: 10)
    }

    /// What is wrong with it, above all where it differs from the local header, in words that follow the name.
    func problems(_ local: LocalRecord) -> [String] {
        let numbers = record.wide([record.shortSize, record.shortPackedSize, shortOffset])
        let isWide = max(local.size, local.offset) >= ZipFormat.overflow32
        let version = isWide ? ZipFormat.zip64Version : ZipFormat.plainVersion
        let fields = local.record.fields?.filter { $0.id == ZipFormat.timeField }
        let checks = [
            (record.name == local.record.name, "the directory has another name for it"),
            (numbers == [local.size, local.size, local.offset], "the directory has another size or place for it"),
            (record.crc32 == local.record.crc32, "the directory has another CRC for it"),
            (record.flags == local.record.flags && record.method == local.record.method, "its two headers differ"),
            (record.time == local.record.time && record.date == local.record.date, "its two times differ"),
            (record.fields?.filter { $0.id != ZipFormat.zip64Field } == fields, "its two extra fields differ"),
            (record.version == version && local.record.version == version, "it needs a wrong version"),
            (madeBy == ZipFormat.host | version && attributes == ZipFormat.attributes, "its mode is wrong"),
            (commentLength == 0 && disk == 0 && internalAttributes == 0, "the directory says more than it should"),
        ]
        return checks.filter { !$0.0 }.map(\.1)
    }
}
