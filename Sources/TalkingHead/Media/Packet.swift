import CFFmpeg
import Words

/// One of FFmpeg's packets, freed with this object.
final class Packet: @unchecked Sendable {
    // Unchecked: it belongs to one thread at a time.
    let pointer: UnsafeMutablePointer<AVPacket>

    /// What an encoder made; the other one is empty then.
    init(taking packet: UnsafeMutablePointer<AVPacket>) throws(Problem) {
        pointer = try FFmpegError.allocated(av_packet_alloc())
        av_packet_move_ref(pointer, packet)
    }

    /// Bytes for a decoder, with the zeros behind them that FFmpeg's readers run into.
    init(_ pieces: [ArraySlice<UInt8>]) throws(Problem) {
        pointer = try FFmpegError.allocated(av_packet_alloc())
        let count = pieces.reduce(0) { $0 + $1.count }
        try FFmpegError.check(av_new_packet(pointer, Int32(count)), .preparingPicture)
        var filled = 0
        for piece in pieces {
            piece.withUnsafeBufferPointer { bytes in
                guard let start = bytes.baseAddress else { return }
                (pointer.pointee.data + filled).update(from: start, count: bytes.count)
            }
            filled += piece.count
        }
    }

    deinit {
        var packet: UnsafeMutablePointer<AVPacket>? = pointer
        av_packet_free(&packet)
    }
}
