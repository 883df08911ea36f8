import CFFmpeg

/// A frame of MP3 (ISO 11172-3 and 13818-3, layer III) or AAC, of which the decoder makes sound even when half of it is
/// missing.
enum MPEGSoundFrame {
    /// The packet is shorter than its header says. False for other codecs.
    static func isCut(_ packet: AVPacket, of codec: AVCodecID) -> Bool {
        if codec == AV_CODEC_ID_AAC { return packet.flags & AV_PKT_FLAG_CORRUPT != 0 }
        guard codec == AV_CODEC_ID_MP3, packet.size > 0, let data = packet.data else { return false }
        // tags at the end of a file come as packets too
        guard packet.size >= 4 else { return data[0] == 0xff }
        return length(header: (data[1], data[2])).map { data[0] == 0xff && Int(packet.size) < $0 } ?? false
    }

    /// In bytes, by the second and third byte of a frame; nil where they say none.
    private static func length(header: (UInt8, UInt8)) -> Int? {
        guard header.0 & 0xe6 == 0xe2, header.1 >> 4 < 15, header.1 >> 2 & 3 < 3 else { return nil }
        let isFirstVersion = header.0 >> 3 & 3 == 3
        let rates = isFirstVersion ? rates1 : rates2
        let kilobits = rates[Int(header.1 >> 4)]
        guard kilobits > 0 else { return nil }
        // 44.1 kHz and its kin, halved for version 2, quartered for 2.5
        let base = [44_100, 48_000, 32_000][Int(header.1 >> 2 & 3)]
        let sampleRate = isFirstVersion ? base : header.0 >> 3 & 3 == 2 ? base / 2 : base / 4
        // 1152 or 576 samples, in bytes for each bit a sample
        return (isFirstVersion ? 144 : 72) * kilobits * 1000 / sampleRate + Int(header.1 >> 1 & 1)
    }

    /// Kilobits a second of version 1, and of 2 and 2.5; the first is "free".
    private static let rates1 = [0, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320]
    private static let rates2 = [0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160]
}
