import TalkingHead
import Words

/// Sounds of every kind: a tone of one second where nothing else is said.
extension MediaTable {
    private static let early = "ends abruptly"

    private static func tone(_ options: String, seconds: Double = 1) -> MediaRow.Making {
        .ffmpeg("-f lavfi -i sine=f=440:d=\(seconds):r=48000,volume=4 " + options)
    }

    private static func heard(_ seconds: Double = 1, note: String = "") -> MediaRow.Outcome {
        .ok(MediaRow.Look(seconds: seconds, note: Phrase(verbatim: note)))
    }

    private static func half(_ options: String = "", of seconds: Double = 3) -> MediaRow.Making {
        .changed(tone(options, seconds: seconds)) { Array($0.prefix($0.count / 2)) }
    }

    private static let cover =
        "-f lavfi -i testsrc=s=600x600:d=0.04 -map 0 -map 1 -frames:v 1 -c:v mjpeg -disposition:v attached_pic"

    static let sounds = waves + mpeg + containers + otherNames + unusableSounds

    private static let waves: [MediaRow] = [
        MediaRow("plain.wav", "WAV, 16 bits, 44.1 kHz", tone("-ar 44100"), heard()),
        MediaRow("studio.wav", "24 bits, 96 kHz, stereo", tone("-c:a pcm_s24le -ar 96000 -ac 2"), heard()),
        MediaRow("whole-numbers.wav", "32 bits", tone("-c:a pcm_s32le"), heard()),
        MediaRow("float.wav", "floating point, 32 bits", tone("-c:a pcm_f32le"), heard()),
        MediaRow("double.wav", "floating point, 64 bits", tone("-c:a pcm_f64le"), heard()),
        MediaRow("old.wav", "8 bits, 11 kHz", tone("-c:a pcm_u8 -ar 11025"), heard()),
        MediaRow("telephone.wav", "A-law, 8 kHz", tone("-c:a pcm_alaw -ar 8000"), heard()),
        MediaRow("telephone-us.wav", "µ-law, 8 kHz", tone("-c:a pcm_mulaw -ar 8000"), heard()),
        MediaRow("adpcm.wav", "ADPCM of Microsoft", tone("-c:a adpcm_ms"), heard()),
        MediaRow("adpcm-ima.wav", "ADPCM of IMA", tone("-c:a adpcm_ima_wav"), heard()),
        MediaRow("hires.wav", "192 kHz", tone("-ar 192000"), heard()),
        MediaRow("surround.wav", "5.1 channels", tone("-ac 6"), heard()),
        MediaRow("cinema.wav", "7.1 channels", tone("-ac 8 -ar 16000"), heard()),
        MediaRow("quadro.wav", "4 channels that say no places", tone("-af pan=4c|c0=c0|c1=c0|c2=c0|c3=c0"), heard()),
        MediaRow("rf64.wav", "WAV for more than 4 GB (RF64)", tone("-rf64 always"), heard()),
        MediaRow(
            "piped.wav", "from a program that did not know the length",
            .changed(tone("-ar 8000")) { $0.patched(after: "data", with: [0xff, 0xff, 0xff, 0xff]) }, heard()),
        MediaRow(
            "not-a-number.wav", "floating point with values that are no numbers",
            .changed(tone("-c:a pcm_f32le")) { bytes in
                var bytes = bytes
                let end = bytes.count - bytes.count % 4
                for offset in stride(from: 4000, to: min(8000, end), by: 4) {
                    bytes.replaceSubrange(offset..<(offset + 4), with: [0, 0, 0xc0, 0x7f])
                }
                return bytes
            }, heard()),
        MediaRow("blink.wav", "0.2 seconds", tone("", seconds: 0.2), heard(0.2)),
        MediaRow(
            "thinking.wav", "20 seconds of silence before the tone",
            .ffmpeg("-f lavfi -i sine=d=1:r=16000,adelay=20000"), heard(21)),
    ]

    private static let mpeg: [MediaRow] = [
        MediaRow("plain.mp3", "MP3", tone(""), heard()),
        MediaRow("small.mp3", "8 kHz, mono, 16 kbit/s", tone("-ar 8000 -b:a 16k"), heard()),
        MediaRow("blink.mp3", "0.2 seconds", tone("", seconds: 0.2), heard(0.2)),
        MediaRow(
            "bare.mp3", "variable bit rate and no header that says the length",
            tone("-q:a 4 -write_xing 0 -id3v2_version 0", seconds: 2), heard(2.03)),
        MediaRow("cover.mp3", "with a cover picture", tone(cover), heard()),
        MediaRow(
            "tagged.mp3", "with a tag at its end",
            .changed(tone("-write_xing 0")) { $0 + Array("TAG".utf8) + [UInt8](repeating: 0x20, count: 125) },
            heard(1.03)),
        MediaRow(
            "tail.mp3", "ends in the middle of a frame, and nothing says how long it was",
            half("-write_xing 0"), heard(1.5, note: early)),
        MediaRow(
            "scratched.mp3", "damaged in the middle",
            .changed(tone("-write_xing 0", seconds: 3)) { bytes in
                bytes.enumerated().map { offset, byte in
                    12_000..<13_000 ~= offset ? UInt8(truncatingIfNeeded: offset &* 89) : byte
                }
            }, .ok(.init(note: Phrase(verbatim: "damaged places")))),
        MediaRow(
            "half.mp3", "half of an MP3 whose header says how long it was", half(), .rejected(.cut, word: "not whole")),
        MediaRow("plain.aac", "AAC without a container", tone(""), heard(1.03)),
        MediaRow("tail.aac", "ends in the middle of a frame", half(), heard(1.49, note: early)),
        MediaRow("plain.m4a", "AAC", tone(""), heard()),
        MediaRow("apple.m4a", "Apple Lossless", tone("-c:a alac"), heard()),
        MediaRow("cover.m4a", "with a cover picture", tone(cover), heard()),
        MediaRow("pieces.m4a", "in fragments", tone("-movflags frag_keyframe+empty_moov"), heard()),
        MediaRow(
            "clip.m4a", "a video, of which the sound is used",
            tone("-f lavfi -i testsrc=s=64x64:d=1 -c:v libx264 -f mp4"), heard()),
        MediaRow("half.m4a", "half of an M4A", half(), .rejected(.cut, word: "not whole")),
        MediaRow(
            "quick.m4a", "an M4A with its index first, without the last byte",
            .changed(tone("-movflags +faststart")) { Array($0.dropLast()) }, .rejected(.cut, word: "not whole")),
        MediaRow(
            "mute.m4a", "a video without sound",
            .ffmpeg("-f lavfi -i testsrc=s=64x64 -frames:v 5 -f mp4"), .rejected(.noSound, word: "no sound track")),
    ]

    private static let containers: [MediaRow] = [
        MediaRow("plain.flac", "FLAC", tone(""), heard()),
        MediaRow("studio.flac", "24 bits, 96 kHz", tone("-sample_fmt s32 -ar 96000"), heard()),
        MediaRow("cover.flac", "with a cover picture", tone(cover), heard()),
        MediaRow("half.flac", "half of a FLAC", half(), .rejected(.cut, word: "not whole")),
        MediaRow("plain.ogg", "Vorbis", tone("-c:a libvorbis"), heard()),
        MediaRow("opus.ogg", "Opus", tone("-c:a libopus"), heard()),
        MediaRow("flac.ogg", "FLAC", tone("-c:a flac"), heard()),
        MediaRow("speex.ogg", "Speex", tone("-c:a libspeex -ar 16000"), heard()),
        MediaRow(
            "tail.ogg", "the last page is missing",
            .changed(tone("-c:a libvorbis", seconds: 3)) { Array($0.dropLast(40)) }, heard(2.02, note: early)),
        MediaRow(
            "half.ogg", "ends within its first sound", half("-c:a libvorbis", of: 1), .rejected(.cut, word: "not whole")
        ),
        MediaRow("plain.opus", "Opus", tone("-c:a libopus"), heard()),
        MediaRow("chat.opus", "a voice message: 16 kHz, 12 kbit/s", tone("-c:a libopus -ar 16000 -b:a 12k"), heard()),
        MediaRow("tail.opus", "ends in the middle of a page", half("-c:a libopus"), heard(0.99, note: early)),
        MediaRow("plain.wma", "Windows Media", tone(""), heard()),
        MediaRow("first.wma", "Windows Media, version 1", tone("-c:a wmav1"), heard()),
        MediaRow("half.wma", "half of a WMA", half(), .rejected(.cut, word: "not whole")),
        MediaRow("plain.aiff", "AIFF", tone(""), heard()),
        MediaRow("studio.aiff", "24 bits, 96 kHz", tone("-c:a pcm_s24be -ar 96000"), heard()),
        MediaRow("float.aiff", "floating point", tone("-c:a pcm_f32be"), heard()),
        MediaRow("half.aiff", "half of an AIFF", half(), .rejected(.cut, word: "not whole")),
        MediaRow("plain.caf", "CAF", tone(""), heard()),
        MediaRow("apple.caf", "Apple Lossless", tone("-c:a alac"), heard()),
        MediaRow("ima.caf", "ADPCM of Apple", tone("-c:a adpcm_ima_qt"), heard()),
        MediaRow("half.caf", "half of a CAF", half(), .rejected(.cut, word: "not whole")),
    ]

    private static let otherNames: [MediaRow] = [
        MediaRow("really-mp3.wav", "an MP3 named .wav", tone("-f mp3"), heard()),
        MediaRow("really-wav.mp3", "a WAV named .mp3", tone("-f wav"), heard()),
        MediaRow("really-m4a.mp3", "an M4A named .mp3", tone("-f ipod"), heard()),
        MediaRow("really-wma.mp3", "a WMA named .mp3", tone("-f asf -c:a wmav2"), heard()),
        MediaRow("really-ogg.wav", "an Ogg named .wav", tone("-f ogg -c:a libvorbis"), heard()),
        MediaRow("really-aac.m4a", "AAC without a container, named .m4a", tone("-f adts"), heard(1.03)),
    ]

    private static let unusableSounds: [MediaRow] = [
        MediaRow("nothing.wav", "no bytes", .bytes { [] }, .rejected(.empty, word: "is empty")),
        MediaRow(
            "no-samples.wav", "a header and no sound", .ffmpeg("-f lavfi -i sine -t 0"),
            .rejected(.noSamples, word: "0 seconds")),
        MediaRow("half.wav", "half of a WAV", half(), .rejected(.cut, word: "not whole")),
        MediaRow(
            "book.flac", "more than an hour", .ffmpeg("-f lavfi -i anullsrc=r=8000:cl=mono -t 3700"),
            .rejected(.tooLong, word: "longer than 60 minutes")),
        MediaRow(
            "g726.wav", "a codec of telephone systems", tone("-c:a g726 -ar 8000 -ac 1"),
            .rejected(.unsupported, word: "the codec")),
        MediaRow(
            "dolby.m4a", "Dolby Digital in an M4A", tone("-c:a ac3 -f mp4"),
            .rejected(.unsupported, word: "the codec ac3")),
        MediaRow(
            "matroska.mp3", "a Matroska sound (MKA)", tone("-f matroska"), .rejected(.unsupported, word: "MKV")),
        MediaRow(
            "video.wav", "an AVI video", .ffmpeg("-f lavfi -i testsrc=s=64x64:d=1 -f avi"),
            .rejected(.unsupported, word: "AVI")),
        MediaRow(
            "noise.mp3", "bytes without sense",
            .bytes { (0..<50_000).map { UInt8(truncatingIfNeeded: ($0 &* $0 &* 31) >> 3) } },
            .rejected(.undecodable, word: "can't be read as sound")),
    ]
}

extension [UInt8] {
    /// The bytes behind a word that occurs once are others.
    func patched(after word: String, skipping count: Int = 0, with bytes: [UInt8]) -> [UInt8] {
        guard let found = firstRange(of: Array(word.utf8)) else { return self }
        var result = self
        let start = found.upperBound + count
        result.replaceSubrange(start..<(start + bytes.count), with: bytes)
        return result
    }
}

extension MediaRow.Look {
    init(sound file: MediaInput) throws(Problem) {
        let reader = try SoundReader(file, for: .mouth)
        while try reader.next() != nil {}
        self.init(seconds: reader.seconds, note: reader.note)
    }
}
