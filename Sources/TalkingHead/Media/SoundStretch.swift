import Words

/// A stretch of a movie's sound, encoded.
struct SoundStretch: Sendable {
    let packets: [Packet]
    /// How many samples a channel went in.
    let samples: Int

    /// Stretches that wait at most; of PCM and most codecs each is some 20 ms.
    private static let ahead = 32

    /// Reads and encodes all of a sound a little ahead of the pictures; nobody else may use reader and encoder meanwhile.
    static func all(of reader: SoundReader, by encoder: SoundEncoder) -> ReadAhead<SoundStretch> {
        var isAtEnd = false
        return ReadAhead("sound", count: ahead) { () throws(Problem) in
            guard !isAtEnd else { return nil }
            let block = try reader.next()
            isAtEnd = block == nil
            return try SoundStretch(of: block, by: encoder)
        }
    }

    /// Of nil the encoder's last packets.
    private init(of block: SoundBlock?, by encoder: SoundEncoder) throws(Problem) {
        var packets: [Packet] = []
        let write: SoundEncoder.Write = { packet throws(Problem) in packets.append(try Packet(taking: packet)) }
        if let block {
            try encoder.add(block, write: write)
        } else {
            try encoder.finish(write: write)
        }
        self.packets = packets
        samples = block?.count ?? 0
    }
}
