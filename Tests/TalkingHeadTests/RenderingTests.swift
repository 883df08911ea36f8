import TalkingHead
import Testing
import Words

/// Whole items, from the files to the movie.
@Suite(.enabled(if: FaceSample.isThere)) struct RenderingTests {
    struct Avatar: Sendable, CustomStringConvertible {
        var description: String
        /// For ffmpeg, after the photograph.
        var options: String
        var seconds: Double
        var size: (width: Int, height: Int)
        var frames: Int
    }

    static let avatars = [
        Avatar(description: "still.png", options: "", seconds: 0.2, size: (512, 512), frames: 5),
        Avatar(
            description: "odd.png", options: "-vf crop=401:399:40:0", seconds: 0.41, size: (400, 398), frames: 11),
        Avatar(
            description: "tall.jpg", options: "-vf crop=300:512:80:0,scale=1200:2048", seconds: 0.2,
            size: (632, 1080), frames: 5),
        Avatar(
            description: "huge.jpg", options: "-vf scale=2160:2160,pad=3840:2160:-1:-1", seconds: 0.12,
            size: (1920, 1080), frames: 3),
        Avatar(description: "one.mp4", options: "-frames:v 1", seconds: 0.5, size: (512, 512), frames: 13),
        // shorter and longer than the sound
        Avatar(
            description: "short.mp4", options: "-vf loop=6:1,rotate=0.01*n:c=gray,crop=401:399:40:0 -r 25",
            seconds: 0.8, size: (400, 398), frames: 20),
        Avatar(
            description: "long.mov", options: "-vf loop=40:1,rotate=0.002*n:c=gray -r 30000/1001", seconds: 0.5,
            size: (512, 512), frames: 15),
    ]

    @Test("equal inputs give equal bytes, with exactly as many frames as cover the sound", arguments: avatars)
    func whole(avatar: Avatar) throws {
        let folder = try MediaFolder()
        let sound = try folder.make("s.wav", "-f lavfi -i sine=f=300:r=16000,tremolo=f=5 -t \(avatar.seconds)")
        let picture = try folder.make(
            avatar.description, "-i \(FaceSample.photograph) \(avatar.options) -pix_fmt \(avatar.format)")
        for name in ["a.mp4", "b.mp4"] {
            let rendering = Rendering(sound: sound, avatar: picture, points: nil, output: try folder.create(name))
            let summary = try rendering.run(finder: FaceSample.finder()) { _, _, _ in }
            #expect(summary.frames == avatar.frames)
            #expect(abs(summary.soundSeconds - avatar.seconds) < 1e-3)
        }
        #expect(try folder.bytes("a.mp4") == folder.bytes("b.mp4"))
        let stream = try folder.probe(
            "a.mp4", "-count_frames -select_streams v -show_entries stream=width,height,nb_read_frames")
        #expect(stream == ["\(avatar.size.width)", "\(avatar.size.height)", "\(avatar.frames)"])
        #expect(try folder.probe("a.mp4", "-show_entries stream=start_time").compactMap(Double.init) == [0, 0])
    }
}

extension RenderingTests {
    @Test("where sound and avatar are both bad, the sound's trouble is told", arguments: ["a.png", "a.mp4", "a.txt"])
    func bothBad(avatar: String) throws {
        let folder = try MediaFolder()
        let garbage = [UInt8](repeating: 7, count: 5000)
        let picture = try folder.write(avatar, garbage)
        let sound = try folder.make("s.wav", "-f lavfi -i sine=f=300:r=16000 -t 0.2")
        for (sound, name) in [(try folder.write("bad.wav", garbage), "bad.wav"), (sound, avatar)] {
            let rendering = Rendering(
                sound: sound, avatar: picture, points: nil, output: try folder.create("\(name).out.mp4"))
            let problem = #expect(throws: Problem.self) { try rendering.run(finder: nil) { _, _, _ in } }
            #expect(problem?.message.contains(name) == true, "\(problem as Any)")
        }
    }

    @Test("what was found out about a video avatar is not looked for again, and changes no byte")
    func notebook() throws {
        let folder = try MediaFolder()
        let avatar = try folder.make(
            "a.mp4", "-i \(FaceSample.photograph) -vf loop=200:1,rotate=0.001*n:c=gray,crop=320:320:60:0 -r 25")
        let sounds = try [1.2, 0.4, 3.4].map { seconds in
            try folder.make("\(seconds).wav", "-f lavfi -i sine=f=300:r=16000,tremolo=f=5 -t \(seconds)")
        }
        // the shorter one first has to be continued, garbage is as good as nothing
        var known: MediaInput? = try folder.write("garbage.face", Array("HGW face".utf8) + [1, 2, 3])
        var sizes: [Int] = []
        for (turn, number) in [1, 0, 1, 2, 0, 2].enumerated() {
            func render(_ name: String, _ notebook: Notebook?) throws -> [UInt8] {
                var rendering = Rendering(
                    sound: sounds[number], avatar: avatar, points: nil, output: try folder.create(name))
                rendering.notebook = notebook
                _ = try rendering.run(finder: FaceSample.finder()) { _, _, _ in }
                return try folder.bytes(name)
            }
            let fresh = try folder.create("\(turn).face")
            let with = try render("\(turn)-with.mp4", Notebook(known: known, fresh: fresh))
            #expect(try with == render("\(turn)-without.mp4", nil), "render \(turn)")
            let noted = try folder.bytes("\(turn).face").count
            sizes.append(noted)
            if noted > 0 { known = try folder.open("\(turn).face") }
        }
        #expect(sizes.map { $0 > 0 } == [true, true, false, true, false, false])
        #expect(sizes[0] < sizes[1] && sizes[1] < sizes[3])
    }
}

extension RenderingTests.Avatar {
    /// Odd sizes are possible without halved chroma only.
    fileprivate var format: String {
        description.hasSuffix(".png") ? "rgb24" : description.hasSuffix(".jpg") ? "yuvj444p" : "yuv444p"
    }
}
