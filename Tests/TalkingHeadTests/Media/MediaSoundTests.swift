import TalkingHead
import Testing
import Words

@Suite struct MediaSoundTests {
    struct Heard {
        var samples = 0
        var peak: Float = 0
        var crossings = 0
        var seconds = 0.0
        var channels = 0
    }

    static func hear(_ file: MediaInput, for purpose: SoundReader.Purpose = .mouth, limits: MediaLimits = MediaLimits())
        throws(Problem) -> Heard
    {
        let reader = try SoundReader(file, for: purpose, limits: limits)
        var heard = Heard()
        var last: Float = 0
        while let block = try reader.next() {
            for sample in block.mono {
                heard.peak = max(heard.peak, abs(sample))
                if last <= 0, sample > 0 { heard.crossings += 1 }
                last = sample
            }
            heard.samples += block.count
        }
        heard.seconds = reader.seconds
        heard.channels = reader.channels
        return heard
    }

    @Test(
        "every kind of sound is read at its exact length",
        arguments: [
            ("a.wav", "-c:a pcm_s16le -ar 44100"), ("b.wav", "-c:a pcm_s24le -ar 96000 -ac 2"),
            ("c.wav", "-c:a pcm_f32le -ar 8000"), ("d.wav", "-c:a pcm_u8 -ar 22050"),
            ("e.wav", "-c:a pcm_mulaw -ar 8000"),
            ("f.mp3", "-ar 44100"), ("g.mp3", "-ar 22050 -ac 1"), ("h.m4a", "-ar 48000 -ac 2"), ("i.flac", "-ar 44100"),
            ("j.ogg", "-c:a libvorbis -ar 44100"), ("k.ogg", "-c:a libopus"), ("l.wav", "-c:a pcm_s16le -ac 6"),
            ("m.m4a", "-c:a alac -ar 44100"), ("n.mp3", "-f wav -c:a pcm_s16le"), ("o.wav", "-f mp3"),
        ])
    func kinds(name: String, options: String) throws {
        let folder = try MediaFolder()
        let file = try folder.make(name, "-f lavfi -i sine=f=440:d=1.5:r=48000,volume=4 \(options)")
        let heard = try Self.hear(file)
        // MP3 and Opus may keep a little of their padding
        #expect(abs(heard.seconds - 1.5) < (options.contains("mp3") || name.hasSuffix("mp3") ? 0.06 : 0.002))
        #expect(abs(Double(heard.samples) / 16_000 - heard.seconds) < 0.002)
        #expect(abs(Double(heard.crossings) / heard.seconds - 440) < 5, "the pitch is kept")
        #expect(heard.peak > 0.3 && heard.peak < 1.1)
    }

    @Test(
        "mono stays mono for the movie, everything else becomes stereo at 48 kHz",
        arguments: [
            ("1", 1), ("2", 2), ("6", 2),
        ])
    func channels(stored: String, wanted: Int) throws {
        let folder = try MediaFolder()
        let file = try folder.make("a.wav", "-f lavfi -i sine=d=0.5:r=44100 -ac \(stored)")
        let heard = try Self.hear(file, for: .movie)
        #expect(heard.channels == wanted)
        #expect(abs(heard.samples - 24_000) <= 2)
    }

    @Test("a WAV from a pipe that does not know its length is whole")
    func piped() throws {
        let folder = try MediaFolder()
        _ = try folder.make("a.wav", "-f lavfi -i sine=d=1:r=8000")
        var bytes = try folder.bytes("a.wav")
        let data = try #require(bytes.firstRange(of: Array("data".utf8)))
        bytes.replaceSubrange(data.upperBound..<(data.upperBound + 4), with: [0xff, 0xff, 0xff, 0xff])
        #expect(abs(try Self.hear(folder.write("b.wav", bytes)).seconds - 1) < 0.001)
    }

    @Test("very short sounds are whole", arguments: ["wav", "mp3", "m4a", "flac", "ogg"])
    func short(ending: String) throws {
        let folder = try MediaFolder()
        let heard = try Self.hear(folder.make("a.\(ending)", "-f lavfi -i sine=d=0.2:r=48000"))
        #expect(abs(heard.seconds - 0.2) < 0.06)
    }

    @Test("a cover picture in a sound file is no obstacle", arguments: ["mp3", "m4a", "flac"])
    func cover(ending: String) throws {
        let folder = try MediaFolder()
        _ = try folder.make("cover.jpg", "-f lavfi -i testsrc=s=600x600 -frames:v 1 -update 1")
        let file = try folder.make(
            "a.\(ending)",
            "-f lavfi -i sine=d=1:r=48000 -i \(folder.path)/cover.jpg -map 0 -map 1 -c:v mjpeg "
                + "-disposition:v attached_pic")
        #expect(abs(try Self.hear(file).seconds - 1) < 0.06)
    }

    @Test(
        "an unusable sound says why",
        arguments: [
            ("text.wav", "unsupported"), ("text.mp3", "unsupported"), ("nothing.wav", "empty"),
            ("silent.wav", "no_samples"),
            ("long.wav", "too_long"), ("cut.m4a", "cut"), ("cut.wav", "cut"), ("cut.flac", "cut"),
            ("mute.m4a", "no_sound"), ("picture.mp3", "unsupported"),
            ("codec.wav", "unsupported"),
        ])
    func problems(name: String, reason: String) throws {
        let folder = try MediaFolder()
        let file: MediaInput
        switch name {
        case "nothing.wav": file = try folder.write(name, [])
        case "silent.wav": file = try folder.make(name, "-f lavfi -i sine -t 0")
        case "long.wav": file = try folder.make(name, "-f lavfi -i sine=d=12:r=8000")
        case "mute.m4a": file = try folder.make(name, "-f lavfi -i testsrc=s=64x64 -frames:v 5 -f mp4")
        case "picture.mp3": file = try folder.make(name, "-f lavfi -i testsrc=s=64x64 -frames:v 1 -c:v png -f image2")
        case "codec.wav": file = try folder.make(name, "-f lavfi -i sine=d=1 -c:a g726 -ar 8000 -ac 1")
        case "cut.m4a", "cut.wav", "cut.flac":
            _ = try folder.make("whole." + name.dropFirst(4), "-f lavfi -i sine=d=3")
            let bytes = try folder.bytes("whole." + name.dropFirst(4))
            file = try folder.write(name, bytes.prefix(bytes.count / 2))
        default:
            file = try folder.write(name, String(repeating: "Good morning, this is a text.\n", count: 200).utf8)
        }
        var limits = MediaLimits()
        limits.soundSeconds = 10
        let found = problem { () throws(Problem) in _ = try Self.hear(file, limits: limits) }
        #expect(found?.reason.rawValue == reason, "\(found?.message ?? "it was heard")")
        #expect(found?.message.hasPrefix(name) == true)
    }
}
