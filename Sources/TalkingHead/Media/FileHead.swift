/// The first bytes of a file, to be asked for what stands where; what lies behind their end is simply not there.
struct FileHead {
    private let bytes: [UInt8]

    init(_ bytes: [UInt8]) {
        self.bytes = bytes
    }

    func byte(at offset: Int) -> UInt8? {
        bytes.indices.contains(offset) ? bytes[offset] : nil
    }

    func has(_ mark: [UInt8], at offset: Int) -> Bool {
        offset + mark.count <= bytes.count && bytes[offset..<(offset + mark.count)].elementsEqual(mark)
    }

    func has(_ mark: String, at offset: Int) -> Bool {
        has(Array(mark.utf8), at: offset)
    }

    func contains(_ mark: String, before end: Int) -> Bool {
        bytes.prefix(end).firstRange(of: Array(mark.utf8)) != nil
    }

    /// Four letters.
    func word(at offset: Int) -> String {
        String(decoding: bytes.dropFirst(offset).prefix(4), as: UTF8.self)
    }

    func little16(at offset: Int) -> Int {
        bytes.dropFirst(offset).prefix(2).reversed().reduce(0) { $0 << 8 | Int($1) }
    }

    func little32(at offset: Int) -> Int {
        bytes.dropFirst(offset).prefix(4).reversed().reduce(0) { $0 << 8 | Int($1) }
    }

    func big32(at offset: Int) -> Int {
        bytes.dropFirst(offset).prefix(4).reduce(0) { $0 << 8 | Int($1) }
    }

    /// The head as text; nil when it is not one: control characters, or neither UTF-8 nor marked as UTF-16.
    var text: String? {
        if has([0xff, 0xfe], at: 0) || has([0xfe, 0xff], at: 0) {
            let (high, low) = bytes[0] == 0xff ? (1, 0) : (0, 1)
            let units = stride(from: 2, to: bytes.count - 1, by: 2).map { (offset: Int) -> UInt16 in
                UInt16(bytes[offset + high]) << 8 | UInt16(bytes[offset + low])
            }
            return String(validating: units, as: UTF16.self).flatMap(Self.written)
        }
        // the last character may have been cut
        for cut in 0..<min(4, bytes.count) {
            if let text = String(validating: bytes.dropLast(cut), as: UTF8.self) { return Self.written(text) }
        }
        return nil
    }

    private static func written(_ text: String) -> String? {
        let isWritten = text.unicodeScalars.allSatisfy { $0.value >= 0x20 || [9, 10, 12, 13].contains($0.value) }
        return isWritten ? text : nil
    }
}
