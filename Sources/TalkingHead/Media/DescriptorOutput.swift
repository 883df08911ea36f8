import CFFmpeg
import Glibc
import Words

/// Lets FFmpeg write a file by its descriptor: `pwrite` at an own offset.
final class DescriptorOutput {
    /// FFmpeg's view of this; valid as long as this object lives.
    let context: UnsafeMutablePointer<AVIOContext>
    private let descriptor: Int32
    private var offset: Int64 = 0
    private var end: Int64 = 0

    /// - Parameter isReading: gives FFmpeg the bytes back that were written before (moving the index to the front).
    init(descriptor: Int32, isReading: Bool = false) throws(Problem) {
        self.descriptor = descriptor
        // 256 KiB: few system calls for a stream of megabytes
        let size = 256 << 10
        let buffer = try FFmpegError.allocated(av_malloc(size))
        let made = avio_alloc_context(
            buffer.assumingMemoryBound(to: UInt8.self), Int32(size), isReading ? 0 : 1, nil,
            { opaque, buffer, count in DescriptorOutput.from(opaque).read(buffer, count) },
            { opaque, buffer, count in DescriptorOutput.from(opaque).write(buffer, count) },
            { opaque, offset, whence in DescriptorOutput.from(opaque).seek(offset, whence) })
        context = try FFmpegError.allocated(made)
        context.pointee.opaque = Unmanaged.passUnretained(self).toOpaque()
    }

    deinit {
        av_freep(&context.pointee.buffer)
        var context: UnsafeMutablePointer<AVIOContext>? = context
        avio_context_free(&context)
    }

    private static func from(_ opaque: UnsafeMutableRawPointer?) -> DescriptorOutput {
        guard let opaque else { preconditionFailure("the context was made with this object") }
        return Unmanaged<DescriptorOutput>.fromOpaque(opaque).takeUnretainedValue()
    }

    private func read(_ buffer: UnsafeMutablePointer<UInt8>?, _ count: Int32) -> Int32 {
        while true {
            let got = pread(descriptor, buffer, Int(count), off_t(offset))
            if got > 0 {
                offset += Int64(got)
                return Int32(got)
            }
            if got == 0 { return media_error_end }
            guard errno == EINTR else { return media_error(errno) }
        }
    }

    private func write(_ buffer: UnsafeMutablePointer<UInt8>?, _ count: Int32) -> Int32 {
        let bytes = UnsafeRawBufferPointer(start: buffer, count: Int(count))
        let failure = Self.write(bytes, to: descriptor, at: offset)
        guard failure == 0 else { return media_error(failure) }
        offset += Int64(count)
        end = max(end, offset)
        return count
    }

    private func seek(_ target: Int64, _ whence: Int32) -> Int64 {
        switch whence & ~Int32(AVSEEK_FORCE) {
        case AVSEEK_SIZE: return end
        case SEEK_SET: offset = target
        case SEEK_CUR: offset += target
        case SEEK_END: offset = end + target
        default: return Int64(media_error_invalid)
        }
        return offset
    }

    /// Writes all of it; 0, or the errno.
    static func write(_ bytes: UnsafeRawBufferPointer, to descriptor: Int32, at offset: Int64) -> Int32 {
        var done = 0
        while done < bytes.count {
            let rest = UnsafeRawBufferPointer(rebasing: bytes[done...])
            let put = pwrite(descriptor, rest.baseAddress, rest.count, off_t(offset + Int64(done)))
            if put < 0 {
                guard errno == EINTR else { return errno }
            } else {
                done += put
            }
        }
        return 0
    }
}
