import Words

/// An entry as its local header and its data show it.
struct LocalRecord {
    /// Where the header starts.
    let offset: UInt64
    let size: UInt64
    let data: EntryData
    /// The header behind its signature, without padding: there may be 100,000.
    private let bytes: [UInt8]

    init(_ record: ZipRecord, offset: UInt64, size: UInt64, data: EntryData) {
        (self.offset, self.size, self.data) = (offset, size, data)
        bytes = record.bytes(without: ZipFormat.paddingField)
    }

    var record: ZipRecord {
        var record = ZipRecord(bytes)
        let extra = ZipRecord.size + record.nameLength
        record.name = Array(bytes[ZipRecord.size..<extra])
        record.fields = ZipRecord.fields(Array(bytes[extra...]))
        return record
    }

    /// What is wrong with it by itself, in words that follow the entry's name.
    static func problems(_ record: ZipRecord, dataOffset: UInt64) -> [Phrase] {
        let isPlainName = record.name.allSatisfy { $0 < 0x80 }
        let name = String(validating: record.name, as: UTF8.self)
        let checks = [
            (name.map(SafeName.isSafe) == true, Phrase("its name is not safe on every system", zh: "名称并非在所有系统上都安全")),
            (
                record.flags == (isPlainName ? 0 : ZipFormat.utf8Flag),
                Phrase("its flags are \(record.flags)", zh: "标志为 \(record.flags)")
            ),
            (record.method == 0, Phrase("it is not stored", zh: "不是以存储方式（不压缩）写入")),
            (record.shortPackedSize == record.shortSize, Phrase("its two sizes differ", zh: "两处大小不一致")),
            (hasGoodFields(record, dataOffset: dataOffset), Phrase("its extra fields are wrong", zh: "扩展字段有误")),
            (hasGoodTime(record), Phrase("its time is none, or not that of its extra field", zh: "时间无效，或与扩展字段中的时间不符")),
        ]
        return checks.filter { !$0.0 }.map(\.1)
    }

    private static func hasGoodTime(_ record: ZipRecord) -> Bool {
        let local = DOSTime(date: record.date, time: record.time)
        guard local.isReal else { return false }
        guard let field = record.field(ZipFormat.timeField), field.bytes.count == 5 else { return true }
        return local.fits(Int64(Int32(bitPattern: field.bytes.number(at: 1, as: UInt32.self))))
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
    func problems(_ local: LocalRecord) -> [Phrase] {
        let mirror = local.record
        let numbers = record.wide([record.shortSize, record.shortPackedSize, shortOffset])
        let isWide = max(local.size, local.offset) >= ZipFormat.overflow32
        let version = isWide ? ZipFormat.zip64Version : ZipFormat.plainVersion
        let fields = mirror.fields?.filter { $0.id == ZipFormat.timeField }
        let checks = [
            (record.name == mirror.name, Phrase("the directory has another name for it", zh: "目录中的名称不同")),
            (
                numbers == [local.size, local.size, local.offset],
                Phrase("the directory has another size or place for it", zh: "目录中的大小或位置不同")
            ),
            (record.crc32 == mirror.crc32, Phrase("the directory has another CRC for it", zh: "目录中的 CRC 不同")),
            (
                record.flags == mirror.flags && record.method == mirror.method,
                Phrase("its two headers differ", zh: "两处文件头不一致")
            ),
            (
                record.time == mirror.time && record.date == mirror.date,
                Phrase("its two times differ", zh: "两处时间不一致")
            ),
            (
                record.fields?.filter { $0.id != ZipFormat.zip64Field } == fields,
                Phrase("its two extra fields differ", zh: "两处扩展字段不一致")
            ),
            (
                record.version == version && mirror.version == version,
                Phrase("it needs a wrong version", zh: "所需版本有误")
            ),
            (
                madeBy == ZipFormat.host | version && attributes == ZipFormat.attributes,
                Phrase("its mode is wrong", zh: "权限属性有误")
            ),
            (
                commentLength == 0 && disk == 0 && internalAttributes == 0,
                Phrase("the directory says more than it should", zh: "目录中有多余的内容")
            ),
        ]
        return checks.filter { !$0.0 }.map(\.1)
    }
}
