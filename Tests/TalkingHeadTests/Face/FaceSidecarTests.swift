import TalkingHead
import Testing
import Words

@Suite struct FaceSidecarTests {
    private static let good: [(key: String, value: String)] = [
        ("eyeLeft", "[150, 150]"), ("eyeRight", "[250, 150]"), ("mouthLeft", "[160, 250]"),
        ("mouthRight", "[240, 250]"), ("mouthTop", "[200, 240]"), ("mouthBottom", "[200, 265]"),
        ("chin", "[200, 330]"),
    ]

    /// The good file with some of its values changed, added, or (nil) left out.
    private static func json(_ changes: [String: String?] = [:]) -> [UInt8] {
        var entries = good.filter { changes[$0.key] == nil }
        entries += changes.compactMap { key, value in value.map { (key, $0) } }
        return Array(("{" + entries.map { "\"\($0.key)\": \($0.value)" }.joined(separator: ",") + "}").utf8)
    }

    private static func parse(_ json: [UInt8], original: (Int, Int)? = nil) throws(Problem) -> FacePoints {
        try FaceSidecar.parse(
            json, name: "bob.face.json", width: 400, height: 400, original: original.map { ($0.0, $0.1) })
    }

    @Test("the points that are given are among the 68")
    func given() throws {
        let face = try Self.parse(Self.json(["noseBase": "[201, 206]", "mouthLine": "[200, 251]"]))
        let p = face.points
        #expect(p[36..<42].centre.distance(to: SIMD2(150, 150)) < 0.01)
        #expect(p[42..<48].centre.distance(to: SIMD2(250, 150)) < 0.01)
        #expect((p[48], p[54], p[51], p[57]) == (SIMD2(160, 250), SIMD2(240, 250), SIMD2(200, 240), SIMD2(200, 265)))
        #expect((p[8], p[33]) == (SIMD2(200, 330), SIMD2(201, 206)))
        #expect((p[62], p[66]) == (SIMD2(200, 251), SIMD2(200, 251)))
        #expect(face.origin == .sidecar(hasEyes: false, chin: nil))
    }

    @Test("eye size allows to blink, and the chin may be told how far to move")
    func optional() throws {
        let face = try Self.parse(Self.json(["eyeSize": "[40, 20]", "chinMove": "0.2"]))
        #expect(face.origin == .sidecar(hasEyes: true, chin: 0.2))
        #expect(face.points[36].distance(to: face.points[39]) == 40)
    }

    @Test("pixels are those of the picture on disk, fractions those of any size")
    func units() throws {
        let large = try Self.parse(Self.json(), original: (800, 1600))
        #expect(large.points[48] == SIMD2(80, 62.5))
        let fractions = Self.json([
            "eyeLeft": "[0.375, 0.375]", "eyeRight": "[0.625, 0.375]", "mouthLeft": "[0.4, 0.625]",
            "mouthRight": "[0.6, 0.625]", "mouthTop": "[0.5, 0.6]", "mouthBottom": "[0.5, 0.6625]",
            "chin": "[0.5, 0.825]",
        ])
        for original in [nil, (800, 1600)] {
            let face = try Self.parse(fractions, original: original)
            for (one, other) in zip(face.points, try Self.parse(Self.json()).points) {
                #expect(one.distance(to: other) < 0.01)
            }
        }
    }

    @Test(
        "what is wrong is told by its key",
        arguments: [
            (["eyeRight": nil], "\"eyeRight\" is missing"),
            (["chin": nil], "\"chin\" is missing"),
            (["mouth": "[1, 2]"], "\"mouth\" is not known"),
            (["eyeLeft": "[150]"], "\"eyeLeft\" has to be two numbers"),
            (["eyeLeft": "[150, 150, 0]"], "\"eyeLeft\" has to be two numbers"),
            (["eyeLeft": "150"], "\"eyeLeft\" has to be two numbers"),
            (["eyeLeft": "\"150, 150\""], "\"eyeLeft\" has to be two numbers"),
            (["eyeLeft": "[\"150\", 150]"], "\"eyeLeft\" has to be two numbers"),
            (["eyeLeft": "[true, 150]"], "\"eyeLeft\" has to be two numbers"),
            (["eyeLeft": "null"], "\"eyeLeft\" has to be two numbers"),
            (["comment": "\"made by hand\""], "\"comment\" is not known"),
            (["chinMove": "[0.2]"], "\"chinMove\" has to be one number"),
            (["kind": "\"painting\""], "\"kind\" has to be \"photo\" or \"drawing\""),
            (["kind": "1"], "\"kind\" has to be"),
            (["points": "[[1, 2]]"], "\"points\" has to be a list of 68"),
            (["points": "[[1], [2]]"], "\"points\" has to be a list of 68"),
            (["points": "68"], "\"points\" has to be a list of 68"),
            (["chinMove": "2"], "\"chinMove\" has to be between 0 and 1"),
            (["chin": "[200, 401]"], "\"chin\" lies outside"),
            (["chin": "[-1, 300]"], "\"chin\" lies outside"),
            (["eyeSize": "[500, 10]"], "\"eyeSize\" lies outside"),
            (["chin": "[200, 200]"], "the chin below the mouth"),
            (["eyeLeft": "[250, 150]"], "below the eyes"),
            (["mouthLeft": "[240, 250]", "mouthRight": "[160, 250]"], "below the eyes"),
        ] as [([String: String?], String)])
    func mistakes(changes: [String: String?], words: String) {
        let problem = #expect(throws: Problem.self) { try Self.parse(Self.json(changes)) }
        #expect(problem?.reason.rawValue == "bad_points")
        #expect(problem?.message.contains("bob.face.json") == true)
        #expect(problem?.message.contains(words) == true, "\(problem?.message ?? "")")
    }

    @Test(
        "what is no JSON object is refused",
        arguments: ["", "[]", "42", "{", "\u{0}\u{1}", "null", "{\"eyeLeft\": [1e999, 1]}"])
    func noObject(text: String) {
        let problem = #expect(throws: Problem.self) { try Self.parse(Array(text.utf8)) }
        #expect(problem?.reason.rawValue == "bad_points")
    }

    @Test("more than 64 KB are not read")
    func tooLarge() {
        let padded = Self.json() + [UInt8](repeating: 0x20, count: FaceSidecar.largest)
        let problem = #expect(throws: Problem.self) { try Self.parse(padded) }
        #expect(problem?.message.contains("64 KB") == true)
    }

    @Test("a written file reads as the same points, also for a picture that was reduced")
    func roundTrip() throws {
        let face = try FaceSample.drawnFace()
        for original in [nil, (800, 800)] as [(Int, Int)?] {
            let written = FaceSidecar.encode(
                face, kind: .photo, width: 400, height: 400, original: original.map { ($0.0, $0.1) })
            let read = try Self.parse(written, original: original)
            #expect((read.origin, read.kind) == (.sidecar(hasEyes: true, chin: nil), .photo))
            for (one, other) in zip(read.points, face.points) { #expect(one.distance(to: other) < 0.1) }
        }
    }

    /// What is written for a face, with one key's value replaced.
    private static func corrected(_ face: FacePoints, _ key: String, _ value: String) -> [UInt8] {
        let written = String(decoding: FaceSidecar.encode(face, kind: .drawing, width: 400, height: 400), as: UTF8.self)
        let lines = written.split(separator: "\n").map { line in
            line.contains("\"\(key)\"") ? "  \"\(key)\": \(value)," : String(line)
        }
        return Array(lines.joined(separator: "\n").utf8)
    }

    @Test("a corrected value takes the points around it along, the others stay")
    func correction() throws {
        let face = try FaceSample.drawnFace()
        let read = try Self.parse(Self.corrected(face, "mouthBottom", "[200, 275]"))
        #expect(read.points[57].distance(to: SIMD2(200, 275)) < 0.5)
        for index in [8, 36, 39, 42, 45, 48, 51, 54] {
            #expect(read.points[index].distance(to: face.points[index]) < 0.5)
        }
        let wide = try Self.parse(Self.corrected(face, "eyeSize", "[72, 16]"))
        #expect(
            abs(wide.points[36].distance(to: wide.points[39]) - 2 * face.points[36].distance(to: face.points[39])) < 0.5
        )
        #expect(wide.points[36..<42].centre.distance(to: face.points[36..<42].centre) < 0.1)
    }
}
