/// Reads single samples of a picture at places of the face: for measuring, not for drawing.
package struct PictureProbe {
    package let picture: YUVPicture
    package let frame: FaceFrame

    package init(picture: YUVPicture, frame: FaceFrame) {
        self.picture = picture
        self.frame = frame
    }

    /// Luma and chroma of the nearest pixel.
    package func colour(_ u: Float, _ v: Float) -> Colour {
        let (x, y) = nearest(u, v)
        let chroma = y / 2 * picture.chromaStride + x / 2
        return Colour(
            Float(picture.y[y * picture.lumaStride + x]), Float(picture.u[chroma]), Float(picture.v[chroma]), 0)
    }

    /// Luma between pixels.
    package func luma(_ u: Float, _ v: Float) -> Float {
        between(frame.pixel(SIMD2(u, v)), picture.width, picture.height) { column, row in
            Float(picture.y[row * picture.lumaStride + column])
        }
    }

    /// Luma and chroma between pixels.
    func smooth(_ u: Float, _ v: Float) -> Colour {
        // a chroma sample lies in the middle of its four luma samples
        let place = (frame.pixel(SIMD2(u, v)) - 0.5) / 2
        func chroma(_ plane: UnsafeMutablePointer<UInt8>) -> Float {
            between(place, picture.chromaWidth, picture.chromaHeight) { column, row in
                Float(plane[row * picture.chromaStride + column])
            }
        }
        return Colour(luma(u, v), chroma(picture.u), chroma(picture.v), 0)
    }

    private func between(
        _ place: SIMD2<Float>, _ width: Int, _ height: Int, _ at: (_ column: Int, _ row: Int) -> Float
    ) -> Float {
        let x = clamp(place.x, 0, Float(width) - 1.001)
        let y = clamp(place.y, 0, Float(height) - 1.001)
        let (column, row) = (Int(x), Int(y))
        let (fx, fy) = (x - Float(column), y - Float(row))
        let (next, below) = (min(column + 1, width - 1), min(row + 1, height - 1))
        return mix(mix(at(column, row), at(next, row), fx), mix(at(column, below), at(next, below), fx), fy)
    }

    /// The middle value of each plane over a rectangle of the face.
    package func median(u: ClosedRange<Float>, v: ClosedRange<Float>) -> Colour {
        let colours = (0..<15).flatMap { i in
            (0..<9).map { j in
                colour(
                    mix(u.lowerBound, u.upperBound, Float(i) / 14), mix(v.lowerBound, v.upperBound, Float(j) / 8))
            }
        }
        return .median(of: colours)
    }

    private func nearest(_ u: Float, _ v: Float) -> (x: Int, y: Int) {
        let place = frame.pixel(SIMD2(u, v))
        return (
            Int(clamp(place.x, 0, Float(picture.width - 1))), Int(clamp(place.y, 0, Float(picture.height - 1)))
        )
    }
}

/// Y, U, V in 8-bit steps, limited range; the fourth lane is not used.
package typealias Colour = SIMD4<Float>

extension Colour {
    /// The middle value of each plane.
    static func median(of colours: [Colour]) -> Colour {
        func middle(_ plane: Int) -> Float { TalkingHead.median(colours.map { $0[plane] }) }
        return Colour(middle(0), middle(1), middle(2), 0)
    }

    /// Distance between the chroma of two colours.
    package func chromaDistance(to other: Colour) -> Float {
        let d = self - other
        return (d.y * d.y + d.z * d.z).squareRoot()
    }
}
