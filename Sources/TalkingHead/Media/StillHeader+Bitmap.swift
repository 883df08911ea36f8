import Words

extension StillHeader {
    /// Windows and OS/2 bitmaps: a file header of 14 bytes, then one of the kinds of picture headers.
    init?(bitmap bytes: [UInt8], name: String) throws(Problem) {
        guard bytes.count >= 34 else { throw .cut(name) }
        let (start, length) = (bytes[10..<14].littleEndian, bytes[14..<18].littleEndian)
        let isOld = length == 12
        let (width, height) =
            isOld
            ? (bytes[18..<20].littleEndian, bytes[20..<22].littleEndian)
            : (Self.signed(bytes[18..<22]), Self.signed(bytes[22..<26]))
        let depth = isOld ? bytes[24..<26].littleEndian : bytes[28..<30].littleEndian
        let packing = isOld ? 0 : bytes[30..<34].littleEndian
        // the rows of a bitmap that is written from the top have a negative number
        let size = PictureSize(width: width, height: abs(height))
        guard size.width > 0, size.width < 1 << 24, size.height < 1 << 24, depth <= 32 else { return nil }
        let isRunLength = packing == 1 || packing == 2
        let needed = isRunLength ? bytes[2..<6].littleEndian : start + (size.width * depth + 31) / 32 * 4 * size.height
        self.init(decoder: "bmp", size: size, pieces: [bytes[...]], isWhole: bytes.count >= needed)
    }

    private static func signed(_ bytes: ArraySlice<UInt8>) -> Int {
        Int(Int32(truncatingIfNeeded: bytes.littleEndian))
    }
}
