import TalkingHead
import Words

/// Pictures of unusual sizes, under wrong endings, and damaged ones.
extension MediaTable {
    private static func plain(_ size: String, _ options: String = "") -> MediaRow.Making {
        .ffmpeg("-f lavfi -i color=blue:s=\(size) -frames:v 1 \(options)")
    }

    private static let blue = Array(repeating: Sample.blue, count: 4)
    private static let drawn = MediaRow.Making.ffmpeg("-f lavfi -i testsrc=s=320x240 -frames:v 1 -update 1")
    private static let drawnWebP = MediaRow.Making.ffmpeg("-f lavfi -i testsrc=s=320x240 -frames:v 1 -c:v libwebp")

    static let sizes: [MediaRow] = [
        MediaRow("odd.png", "101 x 75 pixels", plain("101x75"), .picture(100, 74, colours: blue)),
        MediaRow("odd.jpg", "101 x 75 pixels", plain("101x75", "-q:v 1"), .picture(100, 74, colours: blue)),
        MediaRow("odd.webp", "101 x 75 pixels", plain("101x75"), .picture(100, 74, colours: blue)),
        MediaRow("odd.bmp", "101 x 75 pixels", plain("101x75"), .picture(100, 74, colours: blue)),
        MediaRow("least.png", "48 x 48 pixels", plain("48x48"), .picture(48, 48, colours: blue)),
        MediaRow("icon.png", "40 x 40 pixels", plain("40x40"), .rejected(.tooSmall, word: "40 x 40")),
        MediaRow(
            "dot.png", "1 x 1 pixel", .pillow("quarters(size=(2, 2)).crop((0, 0, 1, 1)).save(path)"),
            .rejected(.tooSmall, word: "1 x 1")),
        MediaRow(
            "portrait.jpg", "1080 x 1920 pixels", plain("1080x1920", "-q:v 1"),
            .picture(608, 1080, note: "picture reduced from 1080 x 1920", colours: blue)),
        MediaRow(
            "4k.png", "3840 x 2160 pixels", plain("3840x2160"), .picture(1920, 1080, note: "reduced", colours: blue)),
        MediaRow(
            "60mp.jpg", "60 megapixels", plain("9480x6320", "-q:v 1"),
            .picture(1620, 1080, note: "from 9480 x 6320", colours: blue)),
        MediaRow(
            "60mp.png", "60 megapixels, 16 bits, transparent", plain("9480x6320", "-pix_fmt rgba64be"),
            .picture(1620, 1080, note: "from 9480 x 6320", colours: blue)),
        MediaRow(
            "panorama.png", "6000 x 300 pixels", plain("6000x300"),
            .picture(1920, 96, note: "reduced", colours: blue)),
        MediaRow(
            "ribbon.png", "12000 x 100 pixels", plain("12000x100"),
            .rejected(.tooSmall, word: "Cut out the part with the face")),
        MediaRow(
            "tower.png", "60 x 6000 pixels", plain("60x6000"),
            .rejected(.tooSmall, word: "60 x 6000 pixels are 10 x 1080")),
        MediaRow(
            "poster.png", "says that it has 400 megapixels",
            .changed(drawn) { $0[..<16] + PictureBytes.big(20000, 4) + PictureBytes.big(20000, 4) + $0[24...] },
            .rejected(.tooLarge, word: "20000 x 20000")),
    ]

    static let renamed: [MediaRow] = [
        MediaRow("PHOTO.JPG", "capital letters", plain("64x64", "-q:v 1"), .picture(64, 64, colours: blue)),
        MediaRow("really-png.jpg", "a PNG", plain("64x64", "-c:v png -f image2"), .picture(64, 64, colours: blue)),
        MediaRow(
            "really-jpeg.png", "a JPEG", plain("64x64", "-c:v mjpeg -q:v 1 -f image2"), .picture(64, 64, colours: blue)),
        MediaRow(
            "really-webp.jpg", "a WebP, as browsers save it", plain("64x64", "-c:v libwebp -f webp"),
            .picture(64, 64, colours: blue)),
        MediaRow("really-bmp.png", "a BMP", plain("64x64", "-c:v bmp -f image2"), .picture(64, 64, colours: blue)),
        MediaRow(
            "really-jpeg.webp", "a JPEG", plain("64x64", "-c:v mjpeg -q:v 1 -f image2"), .picture(64, 64, colours: blue)
        ),
    ]

    static let damaged: [MediaRow] = [
        MediaRow("empty.png", "no bytes", .bytes { [] }, .rejected(.empty, word: "empty")),
        MediaRow(
            "zeros.jpg", "zeros, as a broken copy leaves them", .bytes { Array(repeating: 0, count: 100_000) },
            .rejected(.cut, word: "Copy it again")),
        MediaRow(
            "cut.png", "the first half", .changed(drawn) { Array($0.prefix($0.count / 2)) },
            .rejected(.cut, word: "not whole")),
        MediaRow(
            "cut.jpg", "the first half", .changed(drawn) { Array($0.prefix($0.count / 2)) },
            .rejected(.cut, word: "not whole")),
        MediaRow(
            "cut.webp", "the first half", .changed(drawnWebP) { Array($0.prefix($0.count / 2)) },
            .rejected(.cut, word: "not whole")),
        MediaRow(
            "cut.bmp", "the first half", .changed(drawn) { Array($0.prefix($0.count / 2)) },
            .rejected(.cut, word: "not whole")),
        MediaRow(
            "head.png", "the first 20 bytes", .changed(drawn) { Array($0.prefix(20)) },
            .rejected(.cut, word: "not whole")),
        MediaRow(
            "head.jpg", "the first 20 bytes", .changed(drawn) { Array($0.prefix(20)) },
            .rejected(.cut, word: "not whole")),
        MediaRow(
            "flipped.png", "one bit in its middle is wrong", .changed(drawn, flip),
            .rejected(.undecodable, word: "damaged")),
        MediaRow(
            "overwritten.jpg", "a hole in its middle", .changed(drawn, overwrite),
            .rejected(.undecodable, word: "damaged")),
        MediaRow(
            "overwritten.webp", "a hole at its start",
            .changed(drawnWebP) { $0[..<20] + Array(repeating: 0xaa, count: 200) + $0[220...] },
            .rejected(.undecodable, word: "damaged")),
        MediaRow(
            "noise.png", "noise", .bytes { noise }, .rejected(.undecodable, word: "export it again as PNG or JPEG")),
    ]

    private static let noise: [UInt8] = {
        var random = SplitMix(state: 7)
        return [0x12] + (0..<5000).map { _ in UInt8.random(in: 0...255, using: &random) }
    }()

    @Sendable private static func flip(_ bytes: [UInt8]) -> [UInt8] {
        var bytes = bytes
        bytes[bytes.count / 2] ^= 4
        return bytes
    }

    @Sendable private static func overwrite(_ bytes: [UInt8]) -> [UInt8] {
        bytes[..<(bytes.count / 2)] + Array(repeating: 0xaa, count: 500) + bytes[(bytes.count / 2 + 500)...]
    }
}
