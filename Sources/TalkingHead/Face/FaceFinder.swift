/// Finds the face that shall speak: BlazeFace looks where faces are, Face Mesh where their points are.
///
/// For one thread at a time. Library and models are read at the start and not touched again, so that a worker may
/// give up its access to files before it looks at a picture.
package final class FaceFinder {
    /// Below this a picture has no face that could be animated.
    private static let leastSide = 48
    /// The mesh is asked to be as sure of its face as the detector.
    static let leastScore: Float = 0.5

    let detector: FaceDetector
    let mesh: FaceMesh

    /// - Parameters:
    ///   - library: LiteRT's library.
    ///   - models: the folder of `face_detection_short_range.tflite` and `face_landmark.tflite`.
    /// - Throws: `engine` when one of them isn't there.
    package init(library path: String, models: String) throws(MediaProblem) {
        let library = try LiteRTLibrary(path: path)
        detector = try FaceDetector(models + "/face_detection_short_range.tflite", in: library)
        mesh = try FaceMesh(models + "/face_landmark.tflite", in: library)
    }

    /// The points of the best face; nil when there is none that can be used.
    ///
    /// - Throws: `engine` when a model fails.
    package func find(in picture: YUVPicture) throws(MediaProblem) -> FacePoints? {
        guard min(picture.width, picture.height) >= Self.leastSide else { return nil }
        let pyramid = PicturePyramid(picture)
        guard let face = try bestFace(in: pyramid) else { return nil }
        return FacePoints(points: try steadyPoints(face, in: pyramid), origin: .found)
    }

    /// The best plausible face, looked for in ever smaller squares.
    ///
    /// - Parameter parts: false to leave it at the whole picture.
    func bestFace(in pyramid: PicturePyramid, parts: Bool = true) throws(MediaProblem) -> MeshedFace? {
        for squares in FaceSearch.squares(of: pyramid.size).prefix(parts ? .max : 1) {
            var seen: [FaceDetection] = []
            for square in squares { seen += try detector.faces(in: pyramid, square) }
            let ranked = FaceDetection.merged(seen).sorted { $0.rank(in: pyramid.size) > $1.rank(in: pyramid.size) }
            for detection in ranked.prefix(8) {
                if let face = try fit(detection.crop, in: pyramid) { return face }
            }
        }
        return nil
    }

    /// Face Mesh twice: the second crop is the box of the first mesh. Nil when that is no face.
    func fit(_ crop: FaceCrop, in pyramid: PicturePyramid) throws(MediaProblem) -> MeshedFace? {
        let rough = try mesh.fit(in: pyramid, crop)
        // half as sure will do for the rough one: its crop may be poor
        guard rough.score >= Self.leastScore / 2 else { return nil }
        let face = try mesh.fit(in: pyramid, rough.crop)
        return isUsable(face) ? face : nil
    }

    func isUsable(_ face: MeshedFace) -> Bool {
        face.score >= Self.leastScore && FacePoints(points: face.points, origin: .found).isPlausible
    }

    /// The mean over crops that differ a little: the mesh's own noise gets smaller.
    private func steadyPoints(_ face: MeshedFace, in pyramid: PicturePyramid) throws(MediaProblem) -> [SIMD2<Float>] {
        var sums = [SIMD2<Float>](repeating: .zero, count: FacePoints.count)
        let crops = face.crop.jittered
        for crop in crops {
            for (index, point) in try mesh.fit(in: pyramid, crop).points.enumerated() { sums[index] += point }
        }
        return sums.map { $0 / Float(crops.count) }
    }
}

extension FaceCrop {
    /// Itself and six neighbours: 3 % larger and smaller, 2 % to each side.
    fileprivate var jittered: [FaceCrop] {
        let jitter: [(grow: Float, x: Float, y: Float)] = [
            (0, 0, 0), (0.03, 0, 0), (-0.03, 0, 0), (0, 0.02, 0), (0, -0.02, 0), (0, 0, 0.02), (0, 0, -0.02),
        ]
        return jitter.map {
            FaceCrop(centre: centre + SIMD2($0.x, $0.y) * side, side: side * (1 + $0.grow), angle: angle)
        }
    }
}
