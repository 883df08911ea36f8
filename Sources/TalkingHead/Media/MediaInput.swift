/// An open, seekable file. The name is for messages; nothing is ever opened by it.
package struct MediaInput: Hashable, Sendable {
    /// Read with `pread` only: its own position is left alone. The caller keeps it open and closes it.
    package var descriptor: Int32
    package var name: String

    package init(descriptor: Int32, name: String) {
        self.descriptor = descriptor
        self.name = name
    }
}

/// How large inputs may be. What is over is told to the user as too long, too large or too small.
package struct MediaLimits: Hashable, Sendable {
    /// 8K video and 50-megapixel cameras pass; a decoded picture of 16-bit RGBA is then 400 MB at most.
    package var pixels = 50_000_000
    /// For stills, which are read whole.
    package var stillBytes = 256 << 20
    /// Pictures below this width or height can't hold a face that could be used.
    package var leastSide = 32
    package var soundSeconds = 3600.0
    /// Decoded frames kept by one video avatar.
    package var frameBytes = 256 << 20
    /// Output pictures are reduced to fit, never enlarged.
    package var width = 1920
    package var height = 1080
    package var framesPerSecond = 60.0

    package init() {}
}
