import Glibc
import TalkingHead

/// Faces made by formula, for tests of the warp.
enum WarpFaces {
    struct Shape: Sendable, CustomStringConvertible {
        var description: String
        var size = (width: 480, height: 480)
        /// Pixels between the eyes, tilt in radians.
        var eyeDistance: Float = 90
        var tilt: Float = 0
        /// In eye distances: how far the mouth lies below the eyes, its half width, gap, lip height, way to the chin.
        var mouthDrop: Float = 1.05
        var halfWidth: Float = 0.42
        var gap: Float = 0
        var lip: Float = 0.09
        var chinDrop: Float = 0.72
        /// How far the mouth's middle is off the middle between its corners, in half its width; how high its corners are.
        var turn: Float = 0
        var smile: Float = 0
        var isDrawing = false
    }

    static let all: [Shape] = [
        Shape(description: "plain"),
        Shape(description: "tilted", tilt: 0.3),
        Shape(description: "open mouth", gap: 0.18),
        Shape(description: "wide smile", halfWidth: 0.60, gap: 0.10),
        Shape(description: "small mouth, short chin", halfWidth: 0.25, chinDrop: 0.35),
        Shape(description: "short upper lip", mouthDrop: 0.86),
        Shape(description: "tiny", size: (96, 96), eyeDistance: 16),
        Shape(description: "close-up", size: (640, 640), eyeDistance: 150),
        Shape(description: "at the border", size: (200, 220), eyeDistance: 80),
        Shape(description: "drawing", lip: 0.16, isDrawing: true),
    ]

    static func points(_ shape: Shape) -> FacePoints {
        let (c, s) = (cosf(shape.tilt), sinf(shape.tilt))
        let middle = SIMD2(Float(shape.size.width) / 2, Float(shape.size.height) * 0.4)
        func at(_ u: Float, _ v: Float) -> SIMD2<Float> {
            middle + SIMD2(u * c - v * s, u * s + v * c) * shape.eyeDistance
        }
        let mouth = shape.mouthDrop
        let chin = mouth + shape.chinDrop
        var p = (0...16).map { index in
            let angle = Float.pi / 2 * (Float(index) - 8) / 8
            return at(0.95 * sinf(angle), chin * cosf(angle))
        }
        for eye: Float in [-0.5, 0.5] { p += (-2...2).map { at(eye + 0.14 * Float($0), -0.28) } }
        p += (0...3).map { at(0, 0.1 + 0.17 * Float($0)) } + (-2...2).map { at(0.11 * Float($0), 0.65) }
        let lids: [SIMD2<Float>] = [
            SIMD2(-1, 0), SIMD2(-0.4, -0.07), SIMD2(0.4, -0.07), SIMD2(1, 0), SIMD2(0.4, 0.07), SIMD2(-0.4, 0.07),
        ]
        for eye: Float in [-0.5, 0.5] { p += lids.map { at(eye + 0.18 * $0.x, $0.y) } }
        func lips(_ x: Float, _ v: Float) -> SIMD2<Float> {
            // the corners stay, the middle moves
            at(shape.halfWidth * (x + shape.turn * (1 - x * x)), mouth + v * (1 - x * x) - shape.smile * x * x)
        }
        p += (-3...3).map { lips(Float($0) / 3, -shape.gap * 0.5 - shape.lip) }
        p += (-2...2).map { lips(-Float($0) / 3, shape.gap * 0.5 + shape.lip) }
        p += [-0.92, -0.5, 0, 0.5, 0.92].map { lips($0, -shape.gap / 2) }
        p += [0.5, 0, -0.5].map { lips($0, shape.gap / 2) }
        return FacePoints(
            points: p, origin: shape.isDrawing ? .sidecar(hasEyes: true, chin: nil) : .found,
            kind: shape.isDrawing ? .drawing : .photo)
    }

    /// A face of skin, lips, a dark line or teeth between them, and eyes, on a background with a pattern.
    static func picture(_ shape: Shape) -> YUVPicture {
        let picture = YUVPicture(width: shape.size.width, height: shape.size.height)
        let geometry = FaceGeometry(points: points(shape))
        for y in 0..<picture.height {
            for x in 0..<picture.width {
                let colour = colour(geometry, SIMD2(Float(x), Float(y)), pattern: Float((x * 7 + y * 13) % 31))
                picture.y[y * picture.lumaStride + x] = UInt8(colour.x)
                picture.u[y / 2 * picture.chromaStride + x / 2] = UInt8(colour.y)
                picture.v[y / 2 * picture.chromaStride + x / 2] = UInt8(colour.z)
            }
        }
        return picture
    }

    private static func colour(_ geometry: FaceGeometry, _ pixel: SIMD2<Float>, pattern: Float) -> Colour {
        let place = geometry.frame.face(pixel)
        let background = Colour(60 + pattern, 140, 118, 0)
        let (x, y) = ((place.x - geometry.mouthCentre) / 1.0, (place.y + 0.75) / (geometry.chin + 0.75))
        guard x * x + y * y < 1 else { return background }
        let column = ColumnGrid.index((place.x - geometry.mouthCentre) / geometry.mouthHalfWidth)
        let skin = Colour(165 + pattern / 4, 114, 146, 0)
        guard abs(place.x - geometry.mouthCentre) < geometry.mouthHalfWidth else { return skin }
        let (top, bottom) = (geometry.upperInner[column], geometry.lowerInner[column])
        if bottom - top < 0.01 ? abs(place.y - top) < 0.012 : (top..<bottom).contains(place.y) {
            return bottom - top < 0.01 ? Colour(60, 122, 140, 0) : Colour(200, 124, 132, 0)
        }
        if (geometry.upperOuter[column]..<geometry.lowerOuter[column]).contains(place.y) {
            return Colour(130, 112, 160, 0)
        }
        return skin
    }

    /// Shapes of the mouth from everywhere in their range.
    static let shapes: [MouthShape] = [0, 0.1, 0.5, 1].flatMap { open in
        [(0, 0), (1, 0), (0, 1), (0.5, 0.5)].map { MouthShape(open: open, wide: $0, round: $1) }
    }
}

extension YUVPicture {
    /// Pixels whose luma differs from that of another picture.
    func changes(from other: YUVPicture) -> [(x: Int, y: Int)] {
        (0..<height).flatMap { y in
            (0..<width).filter { self.y[y * lumaStride + $0] != other.y[y * lumaStride + $0] }.map { ($0, y) }
        }
    }

    /// All samples within the picture, for comparison.
    var samples: [UInt8] {
        var all: [UInt8] = []
        for row in 0..<height { all += UnsafeBufferPointer(start: y + row * lumaStride, count: width) }
        for plane in [u, v] {
            for row in 0..<chromaHeight {
                all += UnsafeBufferPointer(start: plane + row * chromaStride, count: chromaWidth)
            }
        }
        return all
    }
}

extension MouthWarp {
    /// The least that the source moves on sideways and down per step of the frame drawn.
    func leastSlopes() -> (sideways: Float, down: Float) {
        let step: Float = 0.02
        var least = (sideways: Float(1), down: Float(1))
        for u in stride(from: Float(-1.2), to: 1.2, by: step) {
            for v in stride(from: Float(-0.8), to: geometry.bottom, by: step) {
                guard let here = place(u, v), let below = place(u, v + step), let beside = place(u + step, v) else {
                    continue
                }
                least.sideways = min(least.sideways, (beside.source.x - here.source.x) / step)
                // between the lips there is a break on purpose: it is painted
                let (top, bottom) = (here.column.moved[0], here.column.moved[1])
                guard v + step < top || v > bottom else { continue }
                least.down = min(least.down, (below.source.y - here.source.y) / step)
            }
        }
        return least
    }
}
