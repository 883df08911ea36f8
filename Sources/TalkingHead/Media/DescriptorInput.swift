import CFFmpeg
import Glibc
import Words

/// Gives FFmpeg a file by its descriptor: `pread` at an own offset, so that it never opens anything itself.
final class DescriptorInput {
    let input: MediaInput
    /// At the time of opening, in bytes.
    let size: Int64
    /// FFmpeg's view of this; valid as long as this object lives.
    let context: UnsafeMutablePointer<AVIOContext>
    /// What the disk said when a read failed.
    private(set) var failure: Int32 = 0
    /// Is given all bytes of the file in order, each once, as far as they have been passed by reading.
    private let observer: ((UnsafeRawBufferPointer) -> Void)?
    private var observed: Int64 = 0
    private var offset: Int64 = 0

    /// - Throws: `empty` for a file of no bytes, `engine` when the disk fails.
    init(_ input: MediaInput, observer: ((UnsafeRawBufferPointer) -> Void)? = nil) throws(Problem) {
        var status = stat()
        guard fstat(input.descriptor, &status) == 0 else {
            throw .unreadable(input.name, cause: String(cString: strerror(errno)))
        }
        guard status.st_size > 0 else { throw .empty(input.name) }
        self.input = input
        self.observer = observer
        size = Int64(status.st_size)
        let buffer = try FFmpegError.allocated(av_malloc(Self.bufferSize))
        let made = avio_alloc_context(
            buffer.assumingMemoryBound(to: UInt8.self), Int32(Self.bufferSize), 0, nil,
            { opaque, buffer, count in DescriptorInput.from(opaque).read(buffer, count) }, nil,
            { opaque, offset, whence in DescriptorInput.from(opaque).seek(offset, whence) })
        context = try FFmpegError.allocated(made)
        context.pointee.opaque = Unmanaged.passUnretained(self).toOpaque()
    }

    deinit {
        av_freep(&context.pointee.buffer)
        var context: UnsafeMutablePointer<AVIOContext>? = context
        avio_context_free(&context)
    }

    /// Lets the observer see what nobody has read yet.
    func observeRest() throws(Problem) {
        guard observe(upTo: size) else {
            throw .unreadable(input.name, cause: String(cString: strerror(failure)))
        }
    }

    /// Some of the file's bytes, less at its end.
    func bytes(at offset: Int64, count: Int) throws(Problem) -> [UInt8] {
        var result = [UInt8](repeating: 0, count: count)
        var filled = 0
        while filled < count {
            let got = result.withUnsafeMutableBytes { raw in
                transfer(UnsafeMutableRawBufferPointer(rebasing: raw[filled...]), at: offset + Int64(filled))
            }
            guard got >= 0 else { throw .unreadable(input.name, cause: String(cString: strerror(failure))) }
            guard got > 0 else { break }
            filled += got
        }
        return Array(result.prefix(filled))
    }

    /// 64 KiB: large enough that system calls do not count, small enough to seek cheaply.
    private static let bufferSize = 64 << 10

    private static func from(_ opaque: UnsafeMutableRawPointer?) -> DescriptorInput {
        guard let opaque else { preconditionFailure("the context was made with this object") }
        return Unmanaged<DescriptorInput>.fromOpaque(opaque).takeUnretainedValue()
    }

    private func read(_ buffer: UnsafeMutablePointer<UInt8>?, _ count: Int32) -> Int32 {
        guard offset < size else { return media_error_end }
        let target = UnsafeMutableRawBufferPointer(start: buffer, count: Int(count))
        let got = transfer(target, at: offset)
        guard got >= 0 else { return media_error(failure) }
        guard got > 0 else { return media_error_end }
        if observer != nil, !observe(upTo: offset, then: UnsafeRawBufferPointer(rebasing: target[..<got])) {
            return media_error(failure)
        }
        offset += Int64(got)
        return Int32(got)
    }

    private func seek(_ target: Int64, _ whence: Int32) -> Int64 {
        // a crafted file may ask for any place
        let wanted: Int64
        switch whence & ~Int32(AVSEEK_FORCE) {
        case AVSEEK_SIZE: return size
        case SEEK_SET: wanted = target
        case SEEK_CUR: wanted = offset &+ target
        case SEEK_END: wanted = size &+ target
        default: return Int64(media_error_invalid)
        }
        guard wanted >= 0 else { return Int64(media_error_invalid) }
        offset = wanted
        return offset
    }

    private func transfer(_ target: UnsafeMutableRawBufferPointer, at offset: Int64) -> Int {
        while true {
            let got = pread(input.descriptor, target.baseAddress, target.count, off_t(offset))
            if got >= 0 { return got }
            guard errno == EINTR else {
                failure = errno
                return -1
            }
        }
    }

    /// Closes the gap up to an offset, then takes what was just read there as far as it is new.
    private func observe(upTo end: Int64, then chunk: UnsafeRawBufferPointer? = nil) -> Bool {
        guard let observer else { return true }
        var gap = observed < end ? [UInt8](repeating: 0, count: Self.bufferSize) : []
        while observed < end {
            let count = Int(min(Int64(gap.count), end - observed))
            let got = gap.withUnsafeMutableBytes { raw in
                transfer(UnsafeMutableRawBufferPointer(rebasing: raw[..<count]), at: observed)
            }
            guard got > 0 else {
                if got == 0 { failure = EIO }
                return false
            }
            gap.withUnsafeBytes { observer(UnsafeRawBufferPointer(rebasing: $0[..<got])) }
            observed += Int64(got)
        }
        guard let chunk, observed - end < Int64(chunk.count) else { return true }
        let fresh = UnsafeRawBufferPointer(rebasing: chunk[Int(observed - end)...])
        observer(fresh)
        observed += Int64(fresh.count)
        return true
    }
}
