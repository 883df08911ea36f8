import Foundation
import TalkingHead
import Testing
import Words

/// What a browser's video element makes of a movie, where Debian's Chromium is installed.
@Suite struct MediaBrowserTests {
    private static let hasBrowser = (try? MediaFolder.run("chromium", ["--version"]))?.status == 0

    private struct Shown: Decodable {
        struct Seek: Decodable {
            var time: Double
            var frame: Double?
            var brightness: Double
        }

        struct Sound: Decodable {
            var seconds: Double
            var onsets: [Double]
        }

        var duration: Double
        var width: Int
        var height: Int
        var first: Double
        var seeks: [Seek]
        var sound: Sound
    }

    private static func watch(_ path: String, at times: [Double]) throws -> Shown {
        let script = URL(filePath: #filePath).deletingLastPathComponent()
            .appending(path: "../../../scripts/watch-in-browser").standardizedFileURL.path
        let (status, output) = try MediaFolder.run(script, [path] + times.map { "\($0)" })
        try #require(status == 0, "\(output)")
        return try JSONDecoder().decode(Shown.self, from: Data(output.utf8))
    }

    @Test(
        "duration, first frame, every frame that is sought, and the sound are where they belong",
        .enabled(if: hasBrowser, "chromium is not installed"))
    func plays() throws {
        let folder = try MediaFolder()
        // a beep and white frames in the second half of every second
        let sound = try folder.make(
            "a.wav", "-f lavfi -i aevalsrc='0.8*sin(2*PI*440*t)*gte(mod(t,1),0.5)':d=4.01:s=44100")
        let made = try MediaMovieTests.render(sound, to: "v.mp4", in: folder)
        #expect(made.frames == 101)
        let frames = [100, 0, 11, 13, 36, 38, 24, 25, 75, 1, 61, 63]
        let shown = try Self.watch("\(folder.path)/v.mp4", at: frames.map { (Double($0) + 0.5) / 25 })
        #expect(abs(shown.duration - 101.0 / 25) < 0.001)
        #expect((shown.width, shown.height) == (128, 96))
        #expect(shown.first < 128)
        for (frame, seek) in zip(frames, shown.seeks) {
            // the last frame is behind the sound's end, which is loud
            #expect((seek.brightness > 128) == (frame % 25 >= 13 || frame == 100), "frame \(frame)")
            if let time = seek.frame { #expect(abs(time - Double(frame) / 25) < 0.001) }
        }
        #expect(abs(shown.sound.seconds - 4.01) < 0.03)
        #expect(shown.sound.onsets.count == 4)
        for (beep, onset) in zip(0..., shown.sound.onsets) { #expect(abs(onset - Double(beep) - 0.5) < 0.005) }
    }
}
