import TalkingHead
import Testing
import Words

@Suite struct MediaStillTests {
    /// Top left white, top right red, bottom left green, bottom right blue.
    static let quarters =
        "-f lavfi -i nullsrc=s=64x48,trim=end_frame=1,geq=r='255*(lt(Y,24))':g='255*lt(X,32)':b='255*not(mod(gte(X,32)+gte(Y,24),2))'"
    static let colours = [Sample.white, .red, .green, .blue]

    @Test(
        "every kind of PNG and JPEG keeps its colours",
        arguments: [
            ("a.png", "-pix_fmt rgb24"), ("b.png", "-pix_fmt rgba"), ("c.png", "-pix_fmt rgb48be"),
            ("d.png", "-pix_fmt rgba64be"), ("f.jpg", "-q:v 1 -pix_fmt yuvj420p"),
            ("g.jpeg", "-q:v 1 -pix_fmt yuvj444p"),
            ("h.PNG", "-c:v png -f image2 -pix_fmt rgb24"),
        ])
    func colours(name: String, options: String) throws {
        let folder = try MediaFolder()
        let file = try folder.make(name, Self.quarters + ",format=gbrp -frames:v 1 \(options)")
        let picture = try StillReader.read(file).picture
        for (found, wanted) in zip(picture.quarters, [Sample.white, .red, .green, .blue]) {
            #expect(found.isNear(wanted), "\(name): \(found) in place of \(wanted)")
        }
    }

    @Test("a palette keeps its colours")
    func palette() throws {
        let folder = try MediaFolder()
        let file = try folder.make(
            "p.png", Self.quarters + ",format=gbrp,split[a][b];[a]palettegen[p];[b][p]paletteuse -frames:v 1")
        #expect(try folder.probe("p.png", "-show_entries stream=pix_fmt") == ["pal8"])
        let picture = try StillReader.read(file).picture
        #expect(zip(picture.quarters, Self.colours).allSatisfy { $0.isNear($1) })
    }

    @Test(
        "gray is full range in the file and limited in the picture",
        arguments: [
            ("a.png", "gray"), ("b.png", "gray16be"), ("c.png", "ya8"), ("d.png", "ya16be"), ("e.jpg", "gray"),
        ])
    func gray(name: String, format: String) throws {
        let folder = try MediaFolder()
        let file = try folder.make(
            name,
            "-f lavfi -i nullsrc=s=64x48,geq=lum='if(lt(X,32),255,if(lt(Y,24),128,0))':cb=128:cr=128,"
                + "scale=in_range=full:out_range=full,format=\(format) -color_range pc -q:v 1 -frames:v 1")
        let gray = Sample(red: 128 / 255, green: 128 / 255, blue: 128 / 255)
        for (found, wanted) in zip(try StillReader.read(file).picture.quarters, [.white, gray, .white, .black]) {
            #expect(found.isNear(wanted), "\(name): \(found) in place of \(wanted)")
        }
    }

    @Test("transparency is laid on a light colour, hidden colours do not show")
    func alpha() throws {
        let folder = try MediaFolder()
        let file = try folder.make(
            "a.png", "-f lavfi -i nullsrc=s=64x48,format=rgba,geq=r=255:g=0:b=0:a='255*lt(X,32)' -frames:v 1")
        let quarters = try StillReader.read(file).picture.quarters
        let ground = Sample(red: 237 / 255, green: 237 / 255, blue: 237 / 255)
        #expect(quarters[0].isNear(.red) && quarters[1].isNear(ground), "\(quarters)")
    }

    @Test(
        "any colour can lie below, also below gray pictures",
        arguments: ["cutout.png", "gray-cutout.png", "cutout.webp"])
    func ground(name: String) throws {
        let folder = try MediaFolder()
        var limits = MediaLimits()
        limits.background = try #require(BackgroundColour(hex: "#00ff00"))
        let row = try #require(MediaTable.rows.first { $0.file == name })
        let still = try StillReader.read(row.make(in: folder), limits: limits)
        #expect(still.picture.quarters[3].isNear(.green))
        #expect(still.note == Phrase("transparent parts filled with #00FF00", zh: "透明部分已用 #00FF00 填充"))
    }

    @Test(
        "a colour is written with six digits",
        arguments: [
            ("#EDEDED", true), ("#012abc", true), ("EDEDED", false), ("#EDEDE", false), ("#EDEDEDED", false),
            ("", false),
            ("#+12345", false), ("#ＥＤＥＤＥＤ", false), ("red", false),
        ])
    func hex(text: String, isColour: Bool) {
        #expect(BackgroundColour(hex: text)?.hex == (isColour ? text.uppercased() : nil))
    }

    @Test(
        "the limit of the height is the limit of the picture",
        arguments: [(720, 1280, 720), (1081, 1920, 1080), (2160, 3000, 1688)])
    func height(limit: Int, width: Int, height: Int) throws {
        let folder = try MediaFolder()
        let file = try folder.make("a.png", "-f lavfi -i color=blue:s=3000x1688,format=rgb24 -frames:v 1")
        let picture = try StillReader.read(file, limits: MediaLimits(height: limit)).picture
        #expect(abs(picture.width - width) <= 2 && picture.height == height)
    }

    /// Which quarter of the stored picture is seen in which place, by the EXIF standard.
    @Test(
        "a camera's orientation is applied",
        arguments: [
            (1, [0, 1, 2, 3]), (2, [1, 0, 3, 2]), (3, [3, 2, 1, 0]), (4, [2, 3, 0, 1]),
            (5, [0, 2, 1, 3]), (6, [2, 0, 3, 1]), (7, [3, 1, 2, 0]), (8, [1, 3, 0, 2]),
        ])
    func orientation(value: Int, places: [Int]) throws {
        let folder = try MediaFolder()
        _ = try folder.make("plain.jpg", Self.quarters + ",format=gbrp -frames:v 1 -q:v 1 -pix_fmt yuvj444p")
        var bytes = try folder.bytes("plain.jpg")
        let tiff: [UInt8] = [
            0x4d, 0x4d, 0, 42, 0, 0, 0, 8, 0, 1, 0x01, 0x12, 0, 3, 0, 0, 0, 1, 0, UInt8(value), 0, 0, 0, 0, 0, 0,
        ]
        let segment = Array("Exif\0\0".utf8) + tiff
        bytes.insert(contentsOf: [0xff, 0xe1, 0, UInt8(segment.count + 2)] + segment, at: 2)
        let still = try StillReader.read(try folder.write("turned.jpg", bytes))
        #expect((still.picture.width, still.picture.height) == (value < 5 ? (64, 48) : (48, 64)))
        for (found, place) in zip(still.picture.quarters, places) {
            #expect(
                found.isNear(Self.colours[place]), "orientation \(value): \(found) in place of \(Self.colours[place])")
        }
    }

    @Test(
        "pictures are reduced to fit and get even sizes, and are never enlarged",
        arguments: [
            ("4000x3000", 1440, 1080, true), ("4000x500", 1920, 240, true), ("1920x1080", 1920, 1080, false),
            ("65x49", 64, 48, false), ("49x1080", 48, 1080, false), ("1080x1920", 608, 1080, true),
            ("1001x1201", 900, 1080, true),
        ])
    func sizes(size: String, width: Int, height: Int, isReduced: Bool) throws {
        let folder = try MediaFolder()
        let file = try folder.make("a.png", "-f lavfi -i color=blue:s=\(size),format=rgb24 -frames:v 1")
        let still = try StillReader.read(file)
        #expect((still.picture.width, still.picture.height) == (width, height))
        #expect(still.note.isEmpty != isReduced, "\(still.note)")
        #expect(still.picture.quarters.allSatisfy { $0.isNear(.blue) })
    }

    @Test(
        "an unusable picture says why",
        arguments: [
            ("nothing", "empty"), ("text", "unsupported"), ("cut png", "cut"), ("cut jpeg", "cut"),
            ("noise", "undecodable"), ("tiny", "too_small"),
            ("broken", "undecodable"), ("huge", "too_large"), ("header only", "cut"),
        ])
    func problems(kind: String, reason: String) throws {
        let folder = try MediaFolder()
        _ = try folder.make("a.png", "-f lavfi -i testsrc=s=320x240 -frames:v 1")
        _ = try folder.make("a.jpg", "-f lavfi -i testsrc=s=320x240 -frames:v 1 -update 1")
        var png = try folder.bytes("a.png")
        let jpeg = try folder.bytes("a.jpg")
        let file: MediaInput
        switch kind {
        case "nothing": file = try folder.write("x.png", [])
        case "text": file = try folder.write("x.png", Array("this is no picture\n".utf8))
        case "noise": file = try folder.write("x.png", [0x12, 0x80, 0x01, 0xc3] + png.dropFirst(500))
        case "cut png": file = try folder.write("x.png", png.prefix(png.count / 2))
        case "cut jpeg": file = try folder.write("x.jpg", jpeg.prefix(jpeg.count / 2))
        case "header only": file = try folder.write("x.jpg", jpeg.prefix(20))
        case "tiny": file = try folder.make("x.png", "-f lavfi -i color=red:s=40x40 -frames:v 1")
        case "broken":
            for index in 24..<60 { png[index] = 0x55 }
            file = try folder.write("x.png", png)
        default:
            png.replaceSubrange(16..<24, with: [0, 0, 0x80, 0, 0, 0, 0x80, 0])
            file = try folder.write("x.png", png)
        }
        let found = problem { () throws(Problem) in _ = try StillReader.read(file) }
        #expect(found?.reason.rawValue == reason)
        #expect(found?.message.hasPrefix(file.name) == true)
    }

    @Test("a PNG written is the picture that was given")
    func png() throws {
        let folder = try MediaFolder()
        let original = try StillReader.read(folder.make("a.png", Self.quarters + ",format=rgb24 -frames:v 1")).picture
        try PictureWriter.write(original, asPNGTo: folder.create("b.png"))
        let again = try StillReader.read(folder.open("b.png")).picture
        #expect((again.width, again.height) == (64, 48))
        #expect(zip(again.quarters, original.quarters).allSatisfy { $0.isNear($1, within: 2) })
    }
}
