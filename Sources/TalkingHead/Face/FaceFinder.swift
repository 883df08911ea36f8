package import Words

/// Finds the face that shall speak: BlazeFace looks where faces are, Face Mesh where their points are.
///
/// For one thread at a time. Library and models are read at the start and not touched again, so that a worker may
/// give up its access to files before it looks at a picture.
package final class FaceFinder {
    /// Below this a picture has no face that could be animated.
    private static let leastSide = 48
    /// The mesh is asked to be as sure of its face as the detector.
    static let leastScore: Float = 0.5

    /// How far points may lie from their mean over several crops, in eye distances. Measured: 0.005 to 0.007 on a
    /// portrait in many sizes and turns, 0.053 on a cat's eye that passed all other tests.
    private static let widestSpread: Float = 0.02

    let detector: FaceDetector
    let mesh: FaceMesh

    /// - Parameters:
    ///   - library: runs the models.
    ///   - models: the folder of `face_detection_short_range.tflite` and `face_landmark.tflite`.
    /// - Throws: `engine` when one of them isn't there.
    package init(library: LiteRTLibrary, models: String) throws(Problem) {
        detector = try FaceDetector(models + "/face_detection_short_range.tflite", in: library)
        mesh = try FaceMesh(models + "/face_landmark.tflite", in: library)
    }

    /// Gives the models' memory back; no face is to be looked for afterwards.
    package func close() {
        detector.close()
        mesh.close()
    }

    /// Runs the models on nothing; what goes wrong does so again with a picture, and is told then.
    func warmUp() {
        try? detector.warmUp()
        try? mesh.warmUp()
    }

    /// The points of the best face; nil when there is none that can be used.
    ///
    /// - Throws: `engine` when a model fails.
    package func find(in picture: YUVPicture) throws(Problem) -> FacePoints? {
        guard min(picture.width, picture.height) >= Self.leastSide else { return nil }
        let pyramid = PicturePyramid(picture)
        return try bestFace(in: pyramid).map { FacePoints(points: $0.points, origin: .found) }
    }

    /// The best plausible face, looked for in ever smaller squares.
    ///
    /// - Parameter parts: false to leave it at the whole picture.
    func bestFace(in pyramid: PicturePyramid, parts: Bool = true) throws(Problem) -> SteadiedFace? {
        for squares in FaceSearch.squares(of: pyramid.size).prefix(parts ? .max : 1) {
            var seen: [FaceDetection] = []
            for square in squares { seen += try detector.faces(in: pyramid, square) }
            let ranked = FaceDetection.merged(seen).sorted { $0.rank(in: pyramid.size) > $1.rank(in: pyramid.size) }
            for detection in ranked.prefix(8) {
                guard let face = try fit(detection.crop, in: pyramid) else { continue }
                if let steadied = try steadied(face, in: pyramid) { return steadied }
            }
        }
        return nil
    }

    /// Face Mesh twice: the second crop is the box of the first mesh. Nil when that is no face.
    func fit(_ crop: FaceCrop, in pyramid: PicturePyramid) throws(Problem) -> MeshedFace? {
        let rough = try mesh.fit(in: pyramid, crop)
        // half as sure will do for the rough one: its crop may be poor
        guard rough.score >= Self.leastScore / 2 else { return nil }
        let face = try mesh.fit(in: pyramid, rough.crop)
        return isUsable(face) ? face : nil
    }

    func isUsable(_ face: MeshedFace) -> Bool {
        face.score >= Self.leastScore && FacePoints(points: face.points, origin: .found).isPlausible
    }

    /// The mean over crops that differ a little, as the mesh's own noise gets smaller; nil when they don't agree.
    private func steadied(_ face: MeshedFace, in pyramid: PicturePyramid) throws(Problem) -> SteadiedFace? {
        var fits: [[SIMD2<Float>]] = []
        for crop in face.crop.jittered { fits.append(try mesh.fit(in: pyramid, crop).points) }
        let points = (0..<FacePoints.count).map { index in fits.map { $0[index] }.mean }
        let spread = fits.reduce(0) { $0 + zip($1, points).reduce(0) { $0 + ($1.0 - $1.1).length } }
        let eyes = (points[42..<48].mean - points[36..<42].mean).length
        guard spread / Float(fits.count * points.count) < Self.widestSpread * eyes else { return nil }
        return SteadiedFace(face: face, points: points)
    }
}

/// A face whose points hold when the crop changes a little.
struct SteadiedFace {
    let face: MeshedFace
    /// The 68 points, means over several crops.
    let points: [SIMD2<Float>]
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
