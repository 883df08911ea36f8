import TalkingHead
import Testing
import Words

/// Files as a bad disk, a broken transfer or an enemy would leave them.
@Suite struct MediaDamageTests {
    static let kinds = [
        ("a.png", "-f lavfi -i testsrc=s=64x48 -frames:v 1"), ("a.jpg", "-f lavfi -i testsrc=s=64x48 -frames:v 1"),
        ("a.mp4", MediaVideoTests.counting(frames: 30)),
        ("b.mov", MediaVideoTests.counting(frames: 9) + " -c:v prores"),
        ("c.mp4", MediaVideoTests.counting(frames: 9) + " -c:v libvpx-vp9"),
        ("d.mp4", MediaVideoTests.counting(frames: 9) + " -c:v mpeg4"),
        ("a.wav", "-f lavfi -i sine=d=0.5"), ("a.mp3", "-f lavfi -i sine=d=0.5"), ("a.m4a", "-f lavfi -i sine=d=0.5"),
        ("a.flac", "-f lavfi -i sine=d=0.5"), ("a.ogg", "-f lavfi -i sine=d=0.5 -c:a libvorbis"),
        ("a.aac", "-f lavfi -i sine=d=0.5"), ("a.opus", "-f lavfi -i sine=d=0.5"), ("a.wma", "-f lavfi -i sine=d=0.5"),
        ("a.aiff", "-f lavfi -i sine=d=0.5"), ("a.caf", "-f lavfi -i sine=d=0.5 -c:a alac"),
        ("e.webm", MediaVideoTests.counting(frames: 9) + " -c:v libvpx"),
        ("f.mkv", MediaVideoTests.counting(frames: 9) + " -c:v libaom-av1 -cpu-used 8"),
        ("g.avi", MediaVideoTests.counting(frames: 9) + " -c:v mjpeg -pix_fmt yuvj420p"),
    ]
    /// Reasons that blame the file; a damaged file must never look like a fault of ours.
    static let blame: Set = [
        "empty", "no_samples", "undecodable", "cut", "unsupported", "no_sound", "no_picture", "too_long", "too_small",
        "too_large",
    ]
    static let rounds = 15

    static func read(_ file: MediaInput) throws(Problem) {
        var limits = MediaLimits()
        // a header may claim hours of silence
        (limits.soundSeconds, limits.pixels) = (60, 1_000_000)
        switch MediaFormat.role(ofName: file.name) {
        case .still: _ = try StillReader.read(file, limits: limits)
        case .video:
            let reader = try VideoReader(file, limits: limits)
            while reader.position < 300, try reader.next() != nil {}
        default: _ = try MediaSoundTests.hear(file, limits: limits)
        }
    }

    @Test("damaged files are read or refused, never crashed on", arguments: kinds)
    func damage(name: String, options: String) throws {
        let folder = try MediaFolder()
        _ = try folder.make(name, options)
        let whole = try folder.bytes(name)
        var random = SplitMix(state: 1)
        for round in 0..<Self.rounds {
            var bytes = whole
            // half of the hits go to the header, where the structure is
            for _ in 0..<Int.random(in: 1...12, using: &random) {
                let reach = Bool.random(using: &random) ? min(bytes.count, 1500) : bytes.count
                bytes[Int.random(in: 0..<reach, using: &random)] = UInt8.random(in: 0...255, using: &random)
            }
            if round % 4 == 3 { bytes.removeLast(Int.random(in: 0..<bytes.count, using: &random)) }
            let file = try folder.write("\(round)-\(name)", bytes)
            let found = problem { () throws(Problem) in try Self.read(file) }
            if let found { #expect(Self.blame.contains(found.reason.rawValue), "\(file.name): \(found.message)") }
        }
    }

    @Test("a movie's note of other files is not followed")
    func references() throws {
        let folder = try MediaFolder()
        _ = try folder.make("v.mov", MediaVideoTests.counting(frames: 5) + " -movflags +faststart")
        var bytes = try folder.bytes("v.mov")
        // the data reference's flag "in this file" cleared: the samples would lie in another file
        let reference = try #require(bytes.firstRange(of: Array("dref".utf8)))
        bytes[reference.lowerBound + 4 + 4 + 4 + 4 + 4 + 3] = 0
        let file = try folder.write("x.mov", bytes)
        let found = problem { () throws(Problem) in try Self.read(file) }
        if let found { #expect(Self.blame.contains(found.reason.rawValue), "\(found.message)") }
    }
}

/// Steele, Lea and Flood's generator: the same files in every run.
struct SplitMix: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
        state &+= 0x9e37_79b9_7f4a_7c15
        var z = state
        z = (z ^ (z >> 30)) &* 0xbf58_476d_1ce4_e5b9
        z = (z ^ (z >> 27)) &* 0x94d0_49bb_1331_11eb
        return z ^ (z >> 31)
    }
}
