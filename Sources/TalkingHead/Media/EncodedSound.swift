import Words

/// The sound of a movie, read and encoded in a thread of its own ahead of the pictures.
package final class EncodedSound: @unchecked Sendable {
    // Unchecked: what the encoder says of its stream never changes; encoding is its thread's alone.
    let encoder: Encoder
    private let stretches: ReadAhead<Stretch>

    struct Stretch: Sendable {
        let packets: [Packet]
        /// How many samples a channel went in.
        let samples: Int
    }

    /// Stretches that wait at most, some 20 ms each: ten seconds, a quarter of a megabyte.
    private static let ahead = 512

    /// Starts at once; nobody else may use the reader.
    ///
    /// - Throws: `engine`.
    init(_ reader: SoundReader) throws(Problem) {
        let encoder = try SoundEncoder(channels: reader.channels)
        self.encoder = encoder.encoder
        var isAtEnd = false
        stretches = ReadAhead("sound", count: Self.ahead) { () throws(Problem) in
            guard !isAtEnd else { return nil }
            let block = try reader.next()
            isAtEnd = block == nil
            return try Self.stretch(of: block, by: encoder)
        }
    }

    /// The next one; nil at the end.
    ///
    /// - Throws: what is wrong with the sound, or `engine`.
    func next() throws(Problem) -> Stretch? { try stretches.next() }

    /// Ends the thread and waits for it.
    package func stop() { stretches.stop() }

    /// Of nil the encoder's last packets.
    private static func stretch(of block: SoundBlock?, by encoder: SoundEncoder) throws(Problem) -> Stretch {
        var packets: [Packet] = []
        let write: SoundEncoder.Write = { packet throws(Problem) in packets.append(try Packet(taking: packet)) }
        if let block {
            try encoder.add(block, write: write)
        } else {
            try encoder.finish(write: write)
        }
        return Stretch(packets: packets, samples: block?.count ?? 0)
    }
}
