import TalkingHead
import Testing
import Words

@Suite(.enabled(if: FaceSample.isThere, "needs scripts/fetch-models"))
struct FaceFinderTests {
    @Test("eyes, nose, mouth and chin of a portrait are where another landmark model sees them")
    func portrait() throws {
        let face = try #require(try FaceSample.finder().find(in: FaceSample.astronaut()))
        #expect(face.origin == .found)
        let p = face.points
        let eyes = (left: p[36..<42].centre, right: p[42..<48].centre)
        let eyeDistance = eyes.left.distance(to: eyes.right)
        // dlib's 68 points of the same picture; both models differ by 2 to 5 % of the eye distance on most portraits
        let expected: [(String, SIMD2<Float>, SIMD2<Float>, Float)] = [
            ("left eye", eyes.left, SIMD2(203.2, 101.5), 0.04), ("right eye", eyes.right, SIMD2(246.5, 104.2), 0.04),
            ("left mouth corner", p[48], SIMD2(201, 139), 0.06), ("right mouth corner", p[54], SIMD2(246, 141), 0.06),
            ("nose base", p[33], SIMD2(224, 134), 0.08), ("chin", p[8], SIMD2(220, 178), 0.10),
        ]
        for (name, found, wanted, tolerance) in expected {
            let error = found.distance(to: wanted) / eyeDistance
            #expect(error < tolerance, "\(name): \(error) of the eye distance away")
        }
    }

    @Test("a small face in a corner of a large picture is found at the same points")
    func smallFace() throws {
        let finder = try FaceSample.finder()
        let portrait = try FaceSample.astronaut()
        let large = YUVPicture.plain(1920, 1080)
        large.paste(portrait, x: 1300, y: 500)
        let alone = try #require(try finder.find(in: portrait))
        let within = try #require(try finder.find(in: large))
        for (one, other) in zip(alone.points, within.points) {
            #expect((one + SIMD2(1300, 500)).distance(to: other) < 1)
        }
    }

    @Test("of two faces the larger one speaks", arguments: [(largeAt: 0, smallAt: 512), (largeAt: 384, smallAt: 0)])
    func twoFaces(largeAt: Int, smallAt: Int) throws {
        let portrait = try FaceSample.astronaut()
        let picture = YUVPicture.plain(896, 512)
        picture.paste(portrait, x: largeAt, y: 0)
        let half = Similarity(turn: SIMD2(0.6, 0), shift: .zero)
        picture.paste(portrait.moved(by: half, width: 304, height: 304), x: smallAt, y: 100)
        let face = try #require(try FaceSample.finder().find(in: picture))
        // the nose of the large one
        #expect(face.points[30].distance(to: SIMD2(Float(largeAt) + 228, 115)) < 15)
    }

    @Test(
        "a face is found at any size and roll",
        arguments: [(0.3, 0), (0.5, 15), (1.0, -20), (1.0, 20), (2.0, 0)] as [(Float, Float)])
    func sizes(scale: Float, degrees: Float) throws {
        let finder = try FaceSample.finder()
        let portrait = try FaceSample.astronaut()
        let upright = try #require(try finder.find(in: portrait))
        var motion = Similarity.turning(degrees: degrees, scale: scale)
        motion.shift = SIMD2(repeating: 256) * scale - motion(SIMD2(228, 200))
        let side = Int(512 * scale) / 2 * 2
        let face = try #require(try finder.find(in: portrait.moved(by: motion, width: side, height: side)))
        for index in 17..<68 {
            // 6 % of the eye distance, and half a pixel for the small ones
            #expect(motion(upright.points[index]).distance(to: face.points[index]) < 44 * scale * 0.06 + 0.5)
        }
    }

    @Test("pictures without a face have none", arguments: ["landscape", "stripes", "one colour"])
    func noFace(kind: String) throws {
        let picture = YUVPicture.plain(640, 480)
        for row in 0..<480 {
            for column in 0..<640 where kind != "one colour" {
                let hill = 260 + (column * column / 2000) % 90 + row / 40
                let sky = row < hill ? 200 - row / 6 : 70 + (column * 7 + row * 13) % 23
                picture.y[row * picture.lumaStride + column] = UInt8(
                    kind == "stripes" ? (column / 16 + row / 24) % 2 * 150 + 40 : sky)
            }
        }
        #expect(try FaceSample.finder().find(in: picture) == nil)
    }

    @Test("a picture of 40 x 40 is too small for a face")
    func tiny() throws {
        let scale = Similarity(turn: SIMD2(0.3, 0), shift: SIMD2(-50, -15))
        let picture = try FaceSample.astronaut().moved(by: scale, width: 40, height: 40)
        #expect(try FaceSample.finder().find(in: picture) == nil)
    }

    @Test("missing models are told with what to do", arguments: ["/nowhere/libLiteRt.so", FaceSample.library])
    func missingModels(library: String) throws {
        let problem = #expect(throws: Problem.self) {
            _ = try FaceFinder(library: LiteRTLibrary(path: library), models: "/nowhere")
        }
        #expect(problem?.reason.rawValue == "engine")
        #expect(problem?.message.contains("scripts/setup") == true)
    }
}
