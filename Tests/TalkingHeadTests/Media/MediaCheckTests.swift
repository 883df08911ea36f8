import TalkingHead
import Testing
import Words

@Suite struct MediaCheckTests {
    /// A movie of 3 s with a few keyframes.
    private static func movie(in folder: MediaFolder, _ options: String = "") throws {
        _ = try folder.make(
            "v.mp4",
            "-f lavfi -i testsrc2=s=160x120:r=25:d=3 -f lavfi -i sine=d=3:r=48000 -g 20 -pix_fmt yuv420p "
                + "-movflags +faststart \(options)")
    }

    @Test("a right video is described, and every byte is seen once, in order")
    func facts() throws {
        let folder = try MediaFolder()
        try Self.movie(in: folder)
        var seen: [UInt8] = []
        let facts = try MovieCheck.check(folder.open("v.mp4"), expecting: 3) { seen.append(contentsOf: $0) }
        #expect(try seen == folder.bytes("v.mp4"))
        #expect((facts.width, facts.height, facts.frames) == (160, 120, 75))
        #expect(facts.framesPerSecond == 25)
        #expect((facts.videoCodec, facts.audioCodec) == ("h264", "aac"))
        #expect(abs(facts.videoSeconds - 3) < 0.001 && abs(facts.audioSeconds - 3) < 0.03)
        #expect(facts.bytes == Int64(seen.count) && facts.startsFast)
    }

    @Test("our own movies pass", arguments: [0.2, 1.37, 12.0])
    func own(seconds: Double) throws {
        let folder = try MediaFolder()
        let sound = try folder.make("a.wav", "-f lavfi -i sine=d=\(seconds):r=44100")
        let made = try MediaMovieTests.render(sound, to: "v.mp4", in: folder)
        let facts = try MovieCheck.check(folder.open("v.mp4"), expecting: made.soundSeconds) { _ in }
        #expect(facts.frames == made.frames && facts.startsFast)
        #expect(abs(facts.audioSeconds - made.soundSeconds) < 0.001)
    }

    @Test(
        "what is wrong with a finished video is found",
        arguments: [
            ("no sound", "no sound"), ("no picture", "can't be read"), ("too long", "lasts"), ("cut", "not a whole"),
            ("damaged end", ""), ("text", "not a whole"), ("nothing", "empty"),
        ])
    func problems(kind: String, words: String) throws {
        let folder = try MediaFolder()
        try Self.movie(in: folder, ["no sound": "-an", "no picture": "-vn"][kind] ?? "")
        var bytes = try folder.bytes("v.mp4")
        var expected = 3.0
        switch kind {
        case "too long": expected = 2.7
        case "cut": bytes.removeLast(bytes.count / 3)
        case "damaged end":
            // what faststart writes last: the last packets of both streams
            for index in (bytes.count - 6000)..<bytes.count { bytes[index] = 0xa5 }
        case "text": bytes = Array("this is no video".utf8)
        case "nothing": bytes = []
        default: break
        }
        let file = try folder.write("x.mp4", bytes)
        let found = problem { () throws(Problem) in
            _ = try MovieCheck.check(file, expecting: expected) { _ in }
        }
        #expect(found?.reason.rawValue == "bad_result")
        #expect(words.isEmpty || found?.message.contains(words) == true, "\(found?.message ?? "it passed")")
    }

    @Test("a contact sheet shows frames of each video in order below its name")
    func sheet() throws {
        let folder = try MediaFolder()
        let one = try folder.make("one.mp4", MediaVideoTests.counting(frames: 50, size: "160x90"))
        let two = try folder.make("two.mp4", MediaVideoTests.counting(frames: 24, size: "120x160"))
        let sheet = try ContactSheet.make(of: [one, two], columns: 6)
        #expect((sheet.width, sheet.height) == (8 + 6 * 168, 8 + 22 + 90 + 8 + 22 + 160 + 8))
        let first = (0..<6).map { Int(Sample(sheet, x: 8 + 168 * $0 + 80, y: 75).y) - 16 }
        #expect(zip(first, [4, 12, 20, 29, 37, 45]).allSatisfy { abs($0 - 4 * $1) <= 4 }, "\(first)")
        let label = (8..<30).flatMap { row in (8..<60).map { sheet.y[row * sheet.lumaStride + $0] } }
        #expect(label.contains(16) && label.contains(235))
        try PictureWriter.write(sheet, asPNGTo: folder.create("sheet.png"))
        #expect(try folder.probe("sheet.png", "-show_entries stream=width,height") == ["1016", "318"])
    }
}
