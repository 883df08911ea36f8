import TalkingHead
import Testing

@Suite struct FaceTrackTests {
    struct Story: Sendable {
        let seen: String
        let expected: String
    }

    /// `f`: a face was seen. Expected: sixths of the weight, `-` for no face.
    @Test(
        "short gaps are bridged, long ones faded out and in",
        arguments: [
            Story(seen: "ffff", expected: "6666"),
            Story(seen: "f", expected: "6"),
            Story(seen: "ff-ff", expected: "66666"),
            Story(seen: "ff------------ff", expected: "6666666666666666"),
            Story(seen: "ffffffff-------------ffffffff", expected: "66654321-------------12345666"),
            Story(seen: "---ffffffff", expected: "---12345666"),
            Story(seen: "ffffffff--", expected: "66654321--"),
            Story(seen: "-fff-", expected: "-121-"),
        ])
    func gaps(story: Story) throws {
        let points = try FaceSample.drawnFace().points
        var motion: Similarity?
        let track = FaceTrack(
            story.seen.map { letter in
                defer { motion = letter == "f" ? .identity : nil }
                return letter == "f" ? FaceSighting(points: points, motion: motion) : nil
            })
        let weights = track.frames.map { frame in frame.map { "\(Int(($0.weight * 6).rounded()))" } ?? "-" }
        #expect(weights.joined() == story.expected)
        for frame in track.frames {
            for (found, given) in zip(frame?.points.points ?? [], points) { #expect(found.distance(to: given) < 0.01) }
        }
    }

    @Test(
        "a head that turns away fades",
        arguments: [(0, 1), (10, 1), (25, 0), (40, 0)] as [(shift: Float, weight: Float)])
    func profile(shift: Float, weight: Float) throws {
        var points = try FaceSample.drawnFace().points
        for index in 31...35 { points[index].x += shift }
        let track = FaceTrack([FaceSighting(points: points, motion: nil)])
        #expect(track.frames[0]?.weight == weight)
    }

    @Test("a cut to another place is no movement: both faces stay where they are")
    func cut() throws {
        let here = try FaceSample.drawnFace().points
        let there = here.map { $0 + SIMD2(300, 40) }
        let track = FaceTrack(
            (0..<10).map { index in
                let motion: Similarity? = index == 0 || index == 5 ? nil : .identity
                return FaceSighting(points: index < 5 ? here : there, motion: motion)
            })
        for (index, frame) in track.frames.enumerated() {
            let nose = try #require(frame).points.points[30]
            #expect(nose.distance(to: (index < 5 ? here : there)[30]) < 0.01)
        }
    }

    @Test("a straight movement keeps its speed to both ends")
    func straight() throws {
        let start = try FaceSample.drawnFace().points
        let step = SIMD2<Float>(2, -1)
        let track = FaceTrack(
            (0..<20).map { index in
                FaceSighting(
                    points: start.map { $0 + step * Float(index) },
                    motion: index == 0 ? nil : Similarity(turn: SIMD2(1, 0), shift: step))
            })
        for (index, frame) in track.frames.enumerated() {
            let points = try #require(frame).points.points
            #expect(points[8].distance(to: start[8] + step * Float(index)) < 0.02)
        }
    }
}
