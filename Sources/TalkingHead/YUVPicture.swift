/// A picture as planar 8-bit YUV 4:2:0, BT.709, limited range: what the encoder takes.
///
/// Width and height are even. Rows are padded to 64 bytes so that encoder and warp may read whole vectors.
/// A picture is filled by one owner and then only read; nothing checks that, as a lock per pixel row would cost more
/// than the warp.
package final class YUVPicture: @unchecked Sendable {
    package let width: Int
    package let height: Int
    package let lumaStride: Int
    package let chromaStride: Int
    package let y: UnsafeMutablePointer<UInt8>
    package let u: UnsafeMutablePointer<UInt8>
    package let v: UnsafeMutablePointer<UInt8>

    package var chromaWidth: Int { width / 2 }
    package var chromaHeight: Int { height / 2 }

    /// A picture with undefined contents.
    package init(width: Int, height: Int) {
        precondition(width > 0 && height > 0 && width % 2 == 0 && height % 2 == 0, "4:2:0 needs even sizes")
        self.width = width
        self.height = height
        lumaStride = (width + 63) / 64 * 64
        chromaStride = (width / 2 + 63) / 64 * 64
        y = Self.plane(lumaStride * height)
        u = Self.plane(chromaStride * height / 2)
        v = Self.plane(chromaStride * height / 2)
    }

    deinit {
        y.deallocate()
        u.deallocate()
        v.deallocate()
    }

    /// Takes over all samples of a picture of the same size.
    package func copy(from other: YUVPicture) {
        precondition(other.width == width && other.height == height)
        y.update(from: other.y, count: lumaStride * height)
        u.update(from: other.u, count: chromaStride * height / 2)
        v.update(from: other.v, count: chromaStride * height / 2)
    }

    private static func plane(_ count: Int) -> UnsafeMutablePointer<UInt8> {
        // 64 more than asked for: vector loads may run past the last sample
        let raw = UnsafeMutableRawPointer.allocate(byteCount: count + 64, alignment: 64)
        return raw.bindMemory(to: UInt8.self, capacity: count + 64)
    }
}
