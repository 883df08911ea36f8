import CPixels
import Glibc
import TalkingHead
import Testing
import Words

@Suite struct MediaMovieTests {
    /// Paints a white flash on the frames in which the track is open, gray else.
    final class FlashPainter: Painter {
        let width: Int
        let height: Int
        let frameRate: FrameRate
        var painted = 0
        var failsAt: Int?

        init(width: Int = 128, height: Int = 96, frameRate: FrameRate = FrameRate(25)) {
            (self.width, self.height, self.frameRate) = (width, height, frameRate)
        }

        func paint(frame: Int, time: Double, track: MouthTrack, into picture: YUVPicture) throws(Problem) {
            if frame == failsAt { throw Problem(.removed, file: "paint") }
            #expect(frame == painted)
            painted += 1
            let luma: UInt8 = track[time].open > 0.5 ? 235 : 64
            picture.y.update(repeating: luma, count: picture.lumaStride * height)
            picture.u.update(repeating: 128, count: picture.chromaStride * height / 2)
            picture.v.update(repeating: 128, count: picture.chromaStride * height / 2)
        }
    }

    /// Open while it is loud.
    struct LoudnessListener: Listener {
        var shapes: [MouthShape] = []
        var peak: Float = 0
        var count = 0

        mutating func add(_ samples: UnsafeBufferPointer<Float>) {
            for sample in samples {
                peak = max(peak, abs(sample))
                count += 1
                guard count == 320 else { continue }
                shapes.append(MouthShape(open: peak > 0.05 ? 1 : 0))
                (peak, count) = (0, 0)
            }
        }

        consuming func finish() -> MouthTrack { MouthTrack(shapes: shapes) }
    }

    @discardableResult
    static func render(
        _ sound: MediaInput, to name: String, in folder: MediaFolder, painter: any Painter = FlashPainter(),
        progress: (Int, Int) -> Void = { _, _ in }
    ) throws -> MovieSummary {
        let renderer = MovieRenderer(sound: sound, output: try folder.create(name))
        let heard = try renderer.listen(with: LoudnessListener())
        let encoded = try renderer.encodeSound()
        defer { encoded.stop() }
        return try renderer.render(heard, encoded, painter: painter, progress: progress)
    }

    @Test(
        "a movie has exactly ceil(seconds x rate) frames and both streams from 0",
        arguments: [
            ("a.wav", "-t 0.2 -ar 44100", FrameRate(25), 5), ("b.wav", "-t 2 -ar 44100", FrameRate(25), 50),
            ("c.wav", "-t 2.001 -ar 16000", FrameRate(25), 51), ("d.mp3", "-t 1.5", FrameRate(30), 45),
            ("e.m4a", "-t 1.5 -ar 44100 -ac 2", FrameRate(30000, 1001), 45),
            ("f.flac", "-t 1 -ac 2", FrameRate(50), 50),
            ("g.ogg", "-t 1.25 -c:a libvorbis", FrameRate(24000, 1001), 30), ("h.wav", "-t 0.001", FrameRate(25), 1),
        ])
    func frames(name: String, options: String, rate: FrameRate, count: Int) throws {
        let folder = try MediaFolder()
        let sound = try folder.make(name, "-f lavfi -i sine=r=48000 \(options)")
        let made = try Self.render(sound, to: "v.mp4", in: folder, painter: FlashPainter(frameRate: rate))
        #expect(made.frames == count)
        let picture = try folder.probe("v.mp4", "-count_frames -select_streams v -show_entries stream=nb_read_frames")
        #expect(picture == ["\(count)"])
        let starts = try folder.probe("v.mp4", "-show_entries stream=start_time")
        #expect(starts.compactMap(Double.init) == [0, 0])
        let lengths = try folder.probe("v.mp4", "-show_entries stream=duration").compactMap(Double.init)
        #expect(abs(lengths[0] - Double(count) / rate.perSecond) < 0.001)
        #expect(abs(lengths[1] - made.soundSeconds) < 0.002)
    }

    @Test("a movie is what players expect")
    func format() throws {
        let folder = try MediaFolder()
        try Self.render(folder.make("a.wav", "-f lavfi -i sine=d=1:r=44100 -ac 2"), to: "v.mp4", in: folder)
        let video = try folder.probe(
            "v.mp4",
            "-select_streams v -show_entries "
                + "stream=codec_name,pix_fmt,color_range,color_space,color_transfer,color_primaries")
        #expect(video == ["h264", "yuv420p", "tv", "bt709", "bt709", "bt709"])
        let sound = try folder.probe(
            "v.mp4", "-select_streams a -show_entries stream=codec_name,sample_rate,channels")
        #expect(sound == ["aac", "48000", "2"])
        #expect(try folder.probe("v.mp4", "-show_entries format_tags=creation_time,encoder").isEmpty)
        let bytes = try folder.bytes("v.mp4")
        let index = try #require(bytes.firstRange(of: Array("moov".utf8)))
        let data = try #require(bytes.firstRange(of: Array("mdat".utf8)))
        #expect(index.lowerBound < data.lowerBound)
    }

    @Test("sound and picture are within 40 ms of each other", arguments: ["wav", "mp3", "m4a", "ogg"])
    func sync(ending: String) throws {
        let folder = try MediaFolder()
        // a beep in the second half of every second
        let sound = try folder.make(
            "a.\(ending)", "-f lavfi -i aevalsrc='0.8*sin(2*PI*440*t)*gte(mod(t,1),0.5)':d=4:s=48000")
        try Self.render(sound, to: "v.mp4", in: folder)
        let video = try folder.open("v.mp4")
        let pictures = try VideoReader(video)
        var flashes: [Double] = []
        var wasBright = false
        while let picture = try pictures.next() {
            let isBright = Sample(picture, x: 40, y: 40).y > 150
            if isBright, !wasBright { flashes.append(pictures.frameRate.start(of: pictures.position - 1)) }
            wasBright = isBright
        }
        _ = try folder.make("out.wav", "-i \(folder.path)/v.mp4 -ac 1 -ar 16000")
        let track = try MovieRenderer(sound: folder.open("out.wav"), output: -1).listen(with: LoudnessListener()).track
        let beeps = (1..<track.shapes.count).filter { track.shapes[$0].open > track.shapes[$0 - 1].open }
        #expect(flashes.count == 4 && beeps.count == 4)
        for (flash, beep) in zip(flashes, beeps) { #expect(abs(flash - Double(beep) * 0.02) <= 0.04) }
    }

    @Test("equal input gives equal bytes, whatever lay in memory before")
    func deterministic() throws {
        let folder = try MediaFolder()
        let sound = try folder.make("a.wav", "-f lavfi -i sine=d=2:r=44100")
        try Self.render(sound, to: "1.mp4", in: folder)
        // from here on libc fills what it hands out and takes back (M_PERTURB, mallopt(3))
        let perturb: Int32 = -6
        mallopt(perturb, 77)
        defer { mallopt(perturb, 0) }
        try Self.render(sound, to: "2.mp4", in: folder)
        #expect(try folder.bytes("1.mp4") == folder.bytes("2.mp4"))
    }

    /// A picture that drifts, painted now quickly, now slowly.
    final class UnevenPainter: Painter {
        let width = 1280
        let height = 720
        let frameRate = FrameRate(25)
        let isFilmed: Bool
        private var pace: SplitMix

        init(isFilmed: Bool, seed: UInt64) {
            self.isFilmed = isFilmed
            pace = SplitMix(state: seed)
        }

        func paint(frame: Int, time: Double, track: MouthTrack, into picture: YUVPicture) {
            for y in 0..<height {
                let row = picture.y + y * picture.lumaStride
                let tall = (y + frame / 2) * (y + frame / 2)
                for x in 0..<width {
                    let wide = (x + frame) * 3
                    row[x] = UInt8(truncatingIfNeeded: 64 + ((wide ^ (tall >> 5)) & 63) + (wide >> 5 & 31))
                }
            }
            picture.u.update(repeating: 128, count: picture.chromaStride * height / 2)
            picture.v.update(repeating: 128, count: picture.chromaStride * height / 2)
            let end = ContinuousClock.now + .milliseconds(Int64(pace.next() % 4) * 8)
            while ContinuousClock.now < end {}
        }
    }

    @Test("equal pictures give equal bytes, however quickly they come", arguments: [false, true])
    func pace(isFilmed: Bool) throws {
        let folder = try MediaFolder()
        let sound = try folder.make("a.wav", "-f lavfi -i sine=d=4:r=16000")
        for seed in 1...3 as ClosedRange<UInt64> {
            let painter = UnevenPainter(isFilmed: isFilmed, seed: seed)
            try Self.render(sound, to: "\(seed).mp4", in: folder, painter: painter)
        }
        #expect(try folder.bytes("1.mp4") == folder.bytes("2.mp4"))
        #expect(try folder.bytes("1.mp4") == folder.bytes("3.mp4"))
    }

    @Test("a painter that fails ends the render with its problem")
    func failingPainter() throws {
        let folder = try MediaFolder()
        let sound = try folder.make("a.wav", "-f lavfi -i sine=d=2:r=44100")
        let painter = FlashPainter()
        painter.failsAt = 13
        #expect(throws: Problem(.removed, file: "paint")) {
            try Self.render(sound, to: "v.mp4", in: folder, painter: painter)
        }
    }

    @Test("progress comes seldom, and the last frame is told")
    func progress() throws {
        let folder = try MediaFolder()
        var reports: [Int] = []
        try Self.render(
            folder.make("a.wav", "-f lavfi -i sine=d=10:r=16000"), to: "v.mp4", in: folder,
            progress: { frame, frames in
                #expect(frames == 250)
                reports.append(frame)
            })
        #expect(reports.last == 250 && reports.count < 200 && reports == reports.sorted())
    }

    @Test("a full disk is told, not crashed on")
    func fullDisk() throws {
        let folder = try MediaFolder()
        let sound = try folder.make("a.wav", "-f lavfi -i sine=d=1:r=44100")
        let full = open("/dev/full", O_RDWR)
        defer { close(full) }
        let renderer = MovieRenderer(sound: sound, output: full)
        let heard = try renderer.listen(with: LoudnessListener())
        let encoded = try renderer.encodeSound()
        defer { encoded.stop() }
        let found = problem { () throws(Problem) in _ = try renderer.render(heard, encoded, painter: FlashPainter()) }
        #expect(
            found?.reason.rawValue == "engine" && found?.message.contains("No space left") == true,
            "\(found?.message ?? "")")
    }
}
