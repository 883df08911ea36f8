import TalkingHead
import Testing
import Words

@Suite struct MediaVideoTests {
    /// Frame n has the gray 16 + 4n: a picture tells its own number.
    static func counting(frames: Int, rate: String = "25", size: String = "64x64") -> String {
        "-f lavfi -i nullsrc=s=\(size):r=\(rate),geq=lum='16+4*N':cb=128:cr=128,format=yuv420p "
            + "-frames:v \(frames) -color_range tv"
    }

    static func number(_ picture: YUVPicture) -> Int {
        (Sample(picture, x: picture.width / 2, y: picture.height / 2).y - 16 + 2) / 4
    }

    static func numbers(_ file: MediaInput) throws -> [Int] {
        let reader = try VideoReader(file)
        var result: [Int] = []
        while let picture = try reader.next() { result.append(number(picture)) }
        return result
    }

    @Test(
        "every codec gives all its frames in order",
        arguments: [
            ("a.mp4", "libx264 -pix_fmt yuv420p"), ("b.mov", "libx264 -bf 3"),
            ("c.mp4", "libx265 -x265-params log-level=none"),
            ("d.mp4", "mpeg4 -q:v 2"), ("e.mov", "mjpeg -q:v 2 -pix_fmt yuvj420p"), ("f.mp4", "libvpx-vp9 -speed 8"),
            ("g.mov", "prores"),
        ])
    func codecs(name: String, options: String) throws {
        let folder = try MediaFolder()
        let file = try folder.make(name, Self.counting(frames: 30) + " -c:v \(options)")
        #expect(try Self.numbers(file) == Array(0..<30))
    }

    @Test(
        "the frame rate of the source is kept, up to 60",
        arguments: [
            ("25", FrameRate(25)), ("24000/1001", FrameRate(24000, 1001)), ("30000/1001", FrameRate(30000, 1001)),
            ("50", FrameRate(50)), ("120", FrameRate(60)), ("5", FrameRate(25)),
        ])
    func rates(rate: String, expected: FrameRate) throws {
        let folder = try MediaFolder()
        let file = try folder.make("a.mp4", Self.counting(frames: 20, rate: rate))
        let reader = try VideoReader(file)
        #expect(reader.frameRate == expected)
        var count = 0
        while try reader.next() != nil { count += 1 }
        let seconds = 19 / (try #require(Self.value(rate)))
        #expect(abs(Double(count - 1) - seconds * expected.perSecond) <= 1)
    }

    private static func value(_ rate: String) -> Double? {
        let parts = rate.split(separator: "/").compactMap { Double($0) }
        return parts.count == 2 ? parts[0] / parts[1] : parts.first
    }

    @Test("a variable rate is brought to the average one, each picture at its time")
    func variableRate() throws {
        let folder = try MediaFolder()
        // 20 frames at 25 a second, then 10 with twice the time
        let file = try folder.make(
            "a.mp4", Self.counting(frames: 30) + " -vf setpts='if(lt(N,20),N,20+(N-20)*2)/25/TB' -vsync vfr")
        let reader = try VideoReader(file)
        var found: [Int] = []
        while let picture = try reader.next() { found.append(Self.number(picture)) }
        #expect(found == found.sorted())
        for (index, number) in found.enumerated() {
            let time = reader.frameRate.perSecond
            let shown = Double(number < 20 ? number : 20 + (number - 20) * 2) / 25
            #expect(abs(Double(index) / time - shown) <= 0.08, "frame \(index) shows \(number)")
        }
        #expect(abs(Double(found.count) / reader.frameRate.perSecond - 1.6) < 0.1)
    }

    @Test(
        "a rotation flag turns the video",
        arguments: [
            (90, [1, 3, 0, 2]), (180, [3, 2, 1, 0]), (270, [2, 0, 3, 1]),
        ])
    func rotation(degrees: Int, places: [Int]) throws {
        let folder = try MediaFolder()
        _ = try folder.make(
            "plain.mp4",
            MediaStillTests.quarters
                + ",format=gbrp,loop=9:1,scale=out_color_matrix=bt709:out_range=tv,format=yuv420p -colorspace bt709")
        let file = try folder.make(
            "a.mp4", "-i \(folder.path)/plain.mp4 -c copy -metadata:s:v:0 rotate=\(degrees)")
        let reader = try VideoReader(file)
        #expect((reader.width, reader.height) == (degrees == 180 ? (64, 48) : (48, 64)))
        let quarters = try #require(try reader.next()).quarters
        for (found, place) in zip(quarters, places) {
            #expect(found.isNear(MediaStillTests.colours[place], within: 12), "\(quarters)")
        }
    }

    @Test(
        "colours of standard and high definition come out as BT.709",
        arguments: [
            ("320x240", "bt601:out_range=tv", ""), ("1280x720", "bt709:out_range=tv", ""),
            ("320x240", "bt709:out_range=tv", "-colorspace bt709"),
            ("320x240", "bt601:out_range=pc", "-color_range pc"),
        ])
    func colours(size: String, conversion: String, tags: String) throws {
        let folder = try MediaFolder()
        let file = try folder.make(
            "a.mp4",
            "-f lavfi -i color=red:s=\(size),format=gbrp,scale=out_color_matrix=\(conversion),format=yuv420p "
                + "-frames:v 3 -qp 1 \(tags)")
        let picture = try #require(try VideoReader(file).next())
        #expect(picture.quarters.allSatisfy { $0.isNear(.red) }, "\(picture.quarters)")
    }

    @Test(
        "high dynamic range comes out in the colours of BT.709, 10 bits as 8",
        arguments: [("smpte2084", "bt2020nc"), ("arib-std-b67", "bt2020nc"), ("bt709", "bt709")])
    func highRange(curve: String, matrix: String) throws {
        let folder = try MediaFolder()
        // 203 nits are white
        let wide =
            curve == "bt709"
            ? "null"
            : "zscale=transfer=linear:npl=203,format=gbrpf32le,zscale=primaries=2020,"
                + "zscale=transfer=\(curve):matrix=2020_ncl:range=limited:npl=203"
        let file = try folder.make(
            "a.mp4",
            "-f lavfi -i color=0xC8967D:s=320x240,format=gbrp,"
                + "scale=out_color_matrix=bt709:out_range=tv,format=yuv444p,setparams=colorspace=bt709:"
                + "color_primaries=bt709:color_trc=iec61966-2-1:range=tv,\(wide),format=yuv420p10le "
                + "-frames:v 3 -c:v libx265 -x265-params log-level=none:qp=4 -colorspace \(matrix) "
                + "-color_trc \(curve) -color_primaries \(matrix == "bt709" ? "bt709" : "bt2020") -color_range tv")
        let picture = try #require(try VideoReader(file).next())
        let skin = Sample(red: 0xC8 / 255.0, green: 0x96 / 255.0, blue: 0x7D / 255.0)
        #expect(picture.quarters.allSatisfy { $0.isNear(skin) }, "\(picture.quarters)")
    }

    @Test(
        "video is reduced to 1080 rows; interlaced and non-square pixels are put right",
        arguments: [
            ("-f lavfi -i color=red:s=3840x2160 -frames:v 2", 1920, 1080),
            ("-f lavfi -i color=red:s=1080x1920 -frames:v 2", 608, 1080),
            ("-f lavfi -i color=red:s=720x576 -frames:v 6 -vf setsar=16/15 -flags +ildct -x264-params tff=1", 768, 576),
        ])
    func sizes(options: String, width: Int, height: Int) throws {
        let folder = try MediaFolder()
        let reader = try VideoReader(folder.make("a.mp4", options + " -preset ultrafast -pix_fmt yuv420p"))
        #expect((reader.width, reader.height) == (width, height))
        let picture = try #require(try reader.next())
        #expect((picture.width, picture.height) == (width, height))
    }

    @Test("interlaced video loses its combs")
    func interlaced() throws {
        let folder = try MediaFolder()
        // even and odd rows come from different times: one bright, one dark, and the other way round
        let file = try folder.make(
            "a.mp4",
            "-f lavfi -i nullsrc=s=128x96:r=50,geq=lum='if(eq(mod(N,4),0)+eq(mod(N,4),3),200,40)':cb=128:cr=128,format=yuv420p,"
                + "tinterlace=interleave_top -frames:v 8 -flags +ildct+ilme -x264opts tff=1 -qp 1")
        let reader = try VideoReader(file)
        var count = 0
        while let picture = try reader.next() {
            let rows = (20..<40).map { Sample(picture, x: 64, y: $0).y }
            #expect((rows.max() ?? 255) - (rows.min() ?? 0) < 30, "\(rows)")
            count += 1
        }
        #expect(count == 8)
    }

    @Test(
        "an unusable video says why",
        arguments: [
            ("index missing", "cut"), ("data missing", "cut"), ("text", "unsupported"), ("sound only", "no_picture"),
            ("nothing", "empty"), ("codec", "unsupported"), ("noise", "undecodable"),
        ])
    func problems(kind: String, reason: String) throws {
        let folder = try MediaFolder()
        let options = Self.counting(frames: 40, size: "320x240")
        let file: MediaInput
        switch kind {
        case "index missing", "data missing":
            _ = try folder.make("whole.mp4", options + (kind == "data missing" ? " -movflags +faststart" : ""))
            let bytes = try folder.bytes("whole.mp4")
            file = try folder.write("x.mp4", bytes.prefix(bytes.count * 3 / 4))
        case "text": file = try folder.write("x.mp4", Array("no video at all\n".utf8))
        case "sound only": file = try folder.make("x.mp4", "-f lavfi -i sine -t 1")
        case "codec": file = try folder.make("x.avi", options + " -c:v wmv2")
        case "noise": file = try folder.write("x.mp4", (0..<5000).map { UInt8(truncatingIfNeeded: $0 &* $0 &* 31) })
        default: file = try folder.write("x.mp4", [])
        }
        let found = problem { () throws(Problem) in
            let reader = try VideoReader(file)
            while try reader.next() != nil {}
        }
        #expect(found?.reason.rawValue == reason, "\(found?.message ?? "it was read")")
        #expect(found?.message.hasPrefix(file.name) == true)
    }

    @Test("forth and back without doubled ends, whatever fits in memory", arguments: [100, 20, 7, 2], [250, 10, 5])
    func pingPong(capacity: Int, keyframes: Int) throws {
        let folder = try MediaFolder()
        let file = try folder.make("a.mp4", Self.counting(frames: 50) + " -g \(keyframes) -bf 2")
        var limits = MediaLimits()
        limits.frameBytes = (20 + capacity) * 64 * 64 * 3 / 2
        let reader = try PingPongReader(file, limits: limits)
        #expect(reader.count == nil)
        for index in 0..<220 {
            let phase = index % 98
            let wanted = phase < 50 ? phase : 98 - phase
            let found = Self.number(try reader.picture(at: index))
            try #require(found == wanted, "output frame \(index)")
        }
        #expect(reader.count == 50)
    }

    @Test("the way back is right from wherever it is shown", arguments: [51, 60, 97, 98, 99, 140, 170], [40, 5, 2])
    func shownInPart(shown: Int, capacity: Int) throws {
        let folder = try MediaFolder()
        let file = try folder.make("a.mp4", Self.counting(frames: 50) + " -g 250 -bf 2")
        var limits = MediaLimits()
        limits.frameBytes = (20 + capacity) * 64 * 64 * 3 / 2
        let reader = try PingPongReader(file, limits: limits)
        reader.shown = shown
        for index in 0..<shown {
            let phase = index % 98
            let found = Self.number(try reader.picture(at: index))
            try #require(found == (phase < 50 ? phase : 98 - phase), "output frame \(index)")
        }
    }

    private static let usable = MediaTable.videos.filter {
        if case .ok = $0.outcome { true } else { false }
    }

    @Test(
        "every kind of video that is read can also be played backwards, if it does not fit in memory", arguments: usable
    )
    func backwards(row: MediaRow) throws {
        let folder = try MediaFolder()
        let file = try row.make(in: folder)
        var limits = MediaLimits()
        limits.frameBytes = 0
        let (reader, straight) = (try PingPongReader(file, limits: limits), try VideoReader(file, limits: limits))
        var pictures: [YUVPicture] = []
        while pictures.count < 30, let picture = try straight.next() { pictures.append(picture) }
        let isWhole = pictures.count < 30
        for index in 0..<(isWhole ? 2 * pictures.count - 1 : pictures.count) {
            let source = index < pictures.count ? index : 2 * pictures.count - 2 - index
            let (seen, wanted) = (try reader.picture(at: index).samples, pictures[source].samples)
            let difference = zip(seen, wanted).reduce(0) { $0 + abs(Int($1.0) - Int($1.1)) }
            // forth it is the very picture, back a packed one
            let isForth = index < pictures.count || source == 0
            #expect(Double(difference) <= (isForth ? 0 : 0.7 * Double(seen.count)), "frame \(index)")
        }
    }

    @Test("a video of one frame stands still")
    func oneFrame() throws {
        let folder = try MediaFolder()
        let reader = try PingPongReader(folder.make("a.mp4", Self.counting(frames: 1)))
        #expect(try reader.still?.picture.width == 64)
        #expect(try PingPongReader(folder.make("b.mp4", Self.counting(frames: 2))).still == nil)
        for index in 0..<5 { #expect(Self.number(try reader.picture(at: index)) == 0) }
    }
}
