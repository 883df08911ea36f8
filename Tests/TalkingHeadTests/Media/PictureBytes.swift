/// Pictures that no program at hand writes, byte by byte.
enum PictureBytes {
    /// 64 x 64 pixels in four quarters: white, red, green, blue.
    static func bitmap(depth: Int, isPacked: Bool = false, isFromTop: Bool = false, isOld: Bool = false) -> [UInt8] {
        // blue, green, red of the four colours
        let colours: [[UInt8]] = [[255, 255, 255], [0, 0, 255], [0, 255, 0], [255, 0, 0]]
        let count = isOld ? 1 << depth : colours.count
        var table: [UInt8] = []
        for index in 0..<count { table += colours[index % 4] + (isOld ? [] : [0]) }
        var pixels: [UInt8] = []
        for row in 0..<64 {
            let pair: (UInt8, UInt8) = (row < 32) == isFromTop ? (0, 1) : (2, 3)
            pixels += isPacked ? packed(pair, depth) : plain(pair, depth)
        }
        if isPacked { pixels += [0, 1] }
        var header = little(isOld ? 12 : 40, 4)
        header += little(64, isOld ? 2 : 4) + little(isFromTop ? -64 : 64, isOld ? 2 : 4)
        header += little(1, 2) + little(depth, 2)
        if !isOld {
            header += little(isPacked ? (depth == 8 ? 1 : 2) : 0, 4) + little(pixels.count, 4)
            header += little(2835, 4) + little(2835, 4) + little(count, 4) + little(0, 4)
        }
        let start = 14 + header.count + table.count
        var file = Array("BM".utf8) + little(start + pixels.count, 4)
        file += little(0, 4) + little(start, 4)
        return file + header + table + pixels
    }

    /// A WebP animation of two pictures, both the one in this file, of which only a part of the canvas is covered.
    static func animation(
        of file: [UInt8], canvas: (Int, Int), frame: (Int, Int), corner: (Int, Int)
    ) -> [UInt8] {
        let picture = Array(file[12...])
        let place = little(corner.0 / 2, 3) + little(corner.1 / 2, 3) + little(frame.0 - 1, 3) + little(frame.1 - 1, 3)
        let shown = chunk("ANMF", place + little(100, 3) + [0] + picture)
        let size: [UInt8] = [0x02, 0, 0, 0] + little(canvas.0 - 1, 3) + little(canvas.1 - 1, 3)
        let head = Array("WEBP".utf8) + chunk("VP8X", size) + chunk("ANIM", little(0, 6))
        return chunk("RIFF", head + shown + shown)
    }

    /// As many low bytes of a number, the lowest first.
    static func little(_ number: Int, _ count: Int) -> [UInt8] {
        (0..<count).map { UInt8(truncatingIfNeeded: number >> (8 * $0)) }
    }

    /// The highest byte first.
    static func big(_ number: Int, _ count: Int) -> [UInt8] { little(number, count).reversed() }

    private static func chunk(_ name: String, _ content: [UInt8]) -> [UInt8] {
        Array(name.utf8) + little(content.count, 4) + content + Array(repeating: 0, count: content.count % 2)
    }

    private static func plain(_ pair: (UInt8, UInt8), _ depth: Int) -> [UInt8] {
        [pair.0, pair.1].flatMap { (colour: UInt8) -> [UInt8] in
            depth == 8 ? Array(repeating: colour, count: 32) : Array(repeating: colour << 4 | colour, count: 16)
        }
    }

    /// Two runs of 32 pixels, and the end of the row.
    private static func packed(_ pair: (UInt8, UInt8), _ depth: Int) -> [UInt8] {
        let (left, right) = depth == 8 ? pair : (pair.0 << 4 | pair.0, pair.1 << 4 | pair.1)
        return [32, left, 32, right, 0, 0]
    }
}
