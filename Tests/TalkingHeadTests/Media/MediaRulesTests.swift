import TalkingHead
import Testing

@Suite struct MediaRulesTests {
    @Test(
        "frames cover the sound and no more",
        arguments: [
            (2.0, FrameRate(25), 50), (2.0001, FrameRate(25), 51), (0.2, FrameRate(25), 5), (0.0001, FrameRate(25), 1),
            (1.001, FrameRate(30000, 1001), 30), (13.76, FrameRate(25), 344), (3600, FrameRate(60), 216_000),
        ])
    func frames(seconds: Double, rate: FrameRate, count: Int) {
        #expect(rate.frames(covering: seconds) == count)
    }

    @Test(
        "an average rate becomes a usual one when it is nearly that",
        arguments: [
            (25.0, FrameRate(25)), (24.98, FrameRate(25)), (29.97, FrameRate(30000, 1001)),
            (23.976, FrameRate(24000, 1001)),
            (29.5, FrameRate(59, 2)), (15, FrameRate(15)), (240, FrameRate(60)), (1, FrameRate(25)),
            (.nan, FrameRate(25)),
            (.infinity, FrameRate(25)),
        ])
    func rates(average: Double, expected: FrameRate) {
        #expect(FrameRate.constant(average: average, limit: 60) == expected)
    }

    @Test(
        "an ending gives the role, in any case of letters",
        arguments: [
            ("a.WAV", MediaRole.sound), ("x.y.Mp4", .video), ("photo.JPEG", .still), ("a.m4a", .sound),
            ("a.mov", .video),
            ("a.webp", .still), ("a.Bmp", .still), ("a.mkv", .video), ("a.webm", .video), ("a.avi", .video),
            ("a.m4v", .video),
            ("a.aac", .sound), ("a.opus", .sound), ("a.wma", .sound), ("a.aiff", .sound), ("a.caf", .sound),
            ("a.heic", nil), ("a.gif", nil), ("a.txt", nil), ("wav", nil), ("a.", nil), ("", nil), (".png", .still),
        ])
    func roles(name: String, role: MediaRole?) {
        #expect(MediaFormat.role(ofName: name) == role)
    }
}
