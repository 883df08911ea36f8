extension Orientation {
    /// From a camera's notes: a TIFF header and a list of entries, of which one says how the camera was held.
    ///
    /// - Parameter notes: what can't be read counts as upright.
    init(exif notes: ArraySlice<UInt8>) {
        self = Self.camera(Self.note(in: Array(notes)) ?? 1)
    }

    /// How the camera was held, as a number of the standard; nil when it isn't said.
    private static func note(in notes: [UInt8]) -> Int? {
        let isLittle = notes.starts(with: [0x49, 0x49, 0x2a, 0x00])
        guard isLittle || notes.starts(with: [0x4d, 0x4d, 0x00, 0x2a]) else { return nil }
        func number(at offset: Int, bytes count: Int) -> Int? {
            guard offset + count <= notes.count else { return nil }
            let bytes = notes[offset..<(offset + count)]
            return isLittle ? bytes.littleEndian : bytes.bigEndian
        }
        guard let list = number(at: 4, bytes: 4), let entries = number(at: list, bytes: 2) else { return nil }
        for entry in 0..<entries {
            let offset = list + 2 + 12 * entry
            guard let tag = number(at: offset, bytes: 2) else { return nil }
            if tag == 0x0112 { return number(at: offset + 8, bytes: 2) }
        }
        return nil
    }

    /// The eight ways of the EXIF standard.
    private static func camera(_ value: Int) -> Orientation {
        switch value {
        case 2: Orientation(swapsSides: false, mirrorsColumns: true, mirrorsRows: false)
        case 3: Orientation(swapsSides: false, mirrorsColumns: true, mirrorsRows: true)
        case 4: Orientation(swapsSides: false, mirrorsColumns: false, mirrorsRows: true)
        case 5: Orientation(swapsSides: true, mirrorsColumns: false, mirrorsRows: false)
        case 6: Orientation(swapsSides: true, mirrorsColumns: false, mirrorsRows: true)
        case 7: Orientation(swapsSides: true, mirrorsColumns: true, mirrorsRows: true)
        case 8: Orientation(swapsSides: true, mirrorsColumns: true, mirrorsRows: false)
        default: .upright
        }
    }
}
