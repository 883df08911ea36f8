import Foundation
import Glibc
import TalkingHead
import Testing

/// The photograph and the models that scripts/fetch-models takes.
enum FaceSample {
    /// Tests, TalkingHeadTests, Face and this file lie below the package.
    private static let package = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().deletingLastPathComponent()
    static let library = package.appending(path: ".models/libLiteRt.so").path
    static let models = package.appending(path: ".models").path
    static let photograph = package.appending(path: ".samples/astronaut.png").path

    static let isThere = [library, photograph].allSatisfy { FileManager.default.fileExists(atPath: $0) }

    static func finder() throws -> FaceFinder {
        try FaceFinder(library: LiteRTLibrary(path: library), models: models)
    }

    static func persons() throws -> PersonFinder {
        try PersonFinder(library: LiteRTLibrary(path: library), models: models)
    }

    /// 512 x 512; a portrait whose face is 90 pixels wide.
    static func astronaut() throws -> YUVPicture {
        let descriptor = open(photograph, O_RDONLY)
        try #require(descriptor >= 0)
        defer { close(descriptor) }
        return try StillReader.read(MediaInput(descriptor: descriptor, name: "astronaut.png")).picture
    }

    /// Points as a person would give them, in a picture of 400 x 400.
    static func drawnFace() throws -> FacePoints {
        try FaceSidecar.parse(
            Array(
                #"""
                {"eyeLeft": [150, 150], "eyeRight": [250, 150], "mouthLeft": [160, 250], "mouthRight": [240, 250],
                 "mouthTop": [200, 240], "mouthBottom": [200, 265], "chin": [200, 330], "noseBase": [200, 205],
                 "eyeSize": [36, 16]}
                """#.utf8), name: "a.face.json", width: 400, height: 400)
    }
}

extension YUVPicture {
    /// A picture of one colour, by default grey.
    static func plain(_ width: Int, _ height: Int, luma: UInt8 = 110) -> YUVPicture {
        let picture = YUVPicture(width: width, height: height)
        picture.y.update(repeating: luma, count: picture.lumaStride * height)
        picture.u.update(repeating: 128, count: picture.chromaStride * height / 2)
        picture.v.update(repeating: 128, count: picture.chromaStride * height / 2)
        return picture
    }

    /// Lays another picture on this one; the place is even.
    func paste(_ other: YUVPicture, x: Int, y top: Int) {
        for row in 0..<other.height {
            (y + (top + row) * lumaStride + x).update(from: other.y + row * other.lumaStride, count: other.width)
        }
        for row in 0..<other.chromaHeight {
            let (here, there) = ((top / 2 + row) * chromaStride + x / 2, row * other.chromaStride)
            (u + here).update(from: other.u + there, count: other.chromaWidth)
            (v + here).update(from: other.v + there, count: other.chromaWidth)
        }
    }

    /// This picture moved by `motion` (in pixels), in a picture of another size, with grain of a fixed seed.
    func moved(by motion: Similarity, width: Int, height: Int, grain: Float = 0) -> YUVPicture {
        let picture = YUVPicture(width: width, height: height)
        let back = motion.inverse
        var state: UInt32 = 1
        for row in 0..<height {
            for column in 0..<width {
                let place = back(SIMD2(Float(column), Float(row)))
                state = state &* 1_664_525 &+ 1_013_904_223
                let noise = (Float(state >> 16) / 32768 - 1) * grain
                let value = Self.bilinear(y, lumaStride, self.width, self.height, place) + noise
                picture.y[row * picture.lumaStride + column] = UInt8(max(16, min(235, value)))
            }
        }
        let middle = SIMD2<Float>(repeating: 0.25)
        for row in 0..<height / 2 {
            for column in 0..<width / 2 {
                let place = (back((SIMD2(Float(column), Float(row)) + middle) * 2) / 2) - middle
                let index = row * picture.chromaStride + column
                picture.u[index] = UInt8(Self.bilinear(u, chromaStride, chromaWidth, chromaHeight, place))
                picture.v[index] = UInt8(Self.bilinear(v, chromaStride, chromaWidth, chromaHeight, place))
            }
        }
        return picture
    }

    private static func bilinear(
        _ plane: UnsafeMutablePointer<UInt8>, _ stride: Int, _ width: Int, _ height: Int, _ place: SIMD2<Float>
    ) -> Float {
        let x = max(0, min(Float(width) - 1.01, place.x))
        let y = max(0, min(Float(height) - 1.01, place.y))
        let (column, row) = (Int(x), Int(y))
        let (fx, fy) = (x - Float(column), y - Float(row))
        let top = plane + row * stride + column
        let bottom = top + stride
        let upper = Float(top[0]) + (Float(top[1]) - Float(top[0])) * fx
        let lower = Float(bottom[0]) + (Float(bottom[1]) - Float(bottom[0])) * fx
        return upper + (lower - upper) * fy
    }
}

extension SIMD2<Float> {
    func distance(to other: Self) -> Float {
        let d = self - other
        return (d.x * d.x + d.y * d.y).squareRoot()
    }
}

extension Collection<SIMD2<Float>> {
    var centre: SIMD2<Float> { reduce(.zero, +) / Float(count) }
}
