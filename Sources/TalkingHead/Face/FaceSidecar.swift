import FoundationEssentials
package import Words

/// The points of a face that a person gives beside a picture, as `<stem>.face.json`: for drawings, and to correct what
/// was found.
///
/// Positions are [x, y] in pixels of the picture as it is on disk, or in 0...1 of its width and height when none of the
/// needed ones is above 1. Left and right are the viewer's.
package enum FaceSidecar {
    /// Far more than the ten or so points take.
    package static let largest = 64 << 10

    /// The keys of the file, in the order in which they are written.
    enum Key: String, CaseIterable {
        case eyeLeft, eyeRight, mouthLeft, mouthRight, mouthTop, mouthBottom, chin
        /// Under the nose, which does not move; between eyes and mouth where it isn't given.
        case noseBase
        /// Where the lips meet; midway between top and bottom where it isn't given.
        case mouthLine
        /// Width and height of an open eye; without it the eyes don't blink.
        case eyeSize
        /// One number, 0...1: how far the chin follows the mouth.
        case chinMove
        /// A word, `photo` or `drawing`; without it the picture is looked at.
        case kind
        /// All 68 points as they were found. Where the keys above say something else, they follow.
        case points

        var isNeeded: Bool {
            switch self {
            case .noseBase, .mouthLine, .eyeSize, .chinMove, .kind, .points: false
            default: true
            }
        }

        /// A place of the picture, or a size in it.
        var isPlace: Bool { self != .chinMove && self != .kind && self != .points }
    }

    /// - Parameters:
    ///   - name: of the file, for messages.
    ///   - width, height: of the picture that the points are for.
    ///   - original: the size of the picture as it is on disk, where it was reduced.
    /// - Throws: `bad_points`, with a sentence that names the key.
    package static func parse(
        _ json: [UInt8], name: String, width: Int, height: Int, original: (width: Int, height: Int)? = nil
    ) throws(Problem) -> FacePoints {
        let values = try values(in: json, name: name)
        let isFraction = values.places.filter { $0.key != .eyeSize }.allSatisfy { $0.value.max() <= 1 }
        let (x, y) = original ?? (width, height)
        let limit = isFraction ? (x: 1.0, y: 1.0) : (x: Double(x), y: Double(y))
        try check(values, limit: limit, name: name)
        func pixel(_ place: SIMD2<Double>) -> SIMD2<Float> {
            SIMD2(Float(place.x / limit.x * Double(width)), Float(place.y / limit.y * Double(height)))
        }
        let landmarks = SidecarLandmarks { values.places[$0].map(pixel) }
        guard let landmarks, landmarks.isUpright else {
            throw problem(
                name,
                Phrase(
                    "the mouth has to lie below the eyes, and the chin below the mouth",
                    zh: "嘴必须在眼睛下方，下巴必须在嘴下方"))
        }
        let points = values.points.map { landmarks.fitted($0.map(pixel)) } ?? landmarks.expanded
        let hasEyes = values.places[.eyeSize] != nil
        return FacePoints(
            points: points, origin: .sidecar(hasEyes: hasEyes, chin: values.chinMove.map { Float($0) }),
            kind: values.kind)
    }

    /// The file for points that were found, in pixels, so that a person can correct it.
    ///
    /// - Parameter kind: what the picture was found to be.
    package static func encode(
        _ face: FacePoints, kind: FacePoints.Kind, width: Int, height: Int,
        original: (width: Int, height: Int)? = nil
    ) -> [UInt8] {
        let (x, y) = original ?? (width, height)
        let scale = SIMD2(Float(x) / Float(width), Float(y) / Float(height))
        func pair(_ place: SIMD2<Float>) -> String { "[\(decimal(place.x * scale.x)), \(decimal(place.y * scale.y))]" }
        let landmarks = SidecarLandmarks(reducing: face)
        var lines = Key.allCases.compactMap { key in landmarks[key].map { "\"\(key.rawValue)\": \(pair($0))" } }
        lines.append("\"kind\": \"\((face.kind ?? kind).rawValue)\"")
        let rows = stride(from: 0, to: FacePoints.count, by: 6).map { first in
            face.points[first..<min(first + 6, FacePoints.count)].map(pair).joined(separator: ", ")
        }
        lines.append("\"points\": [\n    " + rows.joined(separator: ",\n    ") + "\n  ]")
        return Array(("{\n  " + lines.joined(separator: ",\n  ") + "\n}\n").utf8)
    }

    /// What a file holds, by its keys.
    private struct Values {
        var places: [Key: SIMD2<Double>] = [:]
        var chinMove: Double?
        var kind: FacePoints.Kind?
        var points: [SIMD2<Double>]?
    }

    private static func values(in json: [UInt8], name: String) throws(Problem) -> Values {
        var values = Values()
        for (spelling, entry) in try entries(in: json, name: name).sorted(by: { $0.key < $1.key }) {
            guard let key = Key(rawValue: spelling) else { throw unknown(spelling, name) }
            switch (key, entry) {
            case (.chinMove, .number(let number)): values.chinMove = number
            case (.kind, .word(let word)):
                guard let kind = FacePoints.Kind(rawValue: word) else { throw wrongShape(key, name) }
                values.kind = kind
            case (.points, .pairs(let pairs)) where pairs.count == FacePoints.count: values.points = pairs
            case (_, .pair(let pair)) where key.isPlace: values.places[key] = pair
            default: throw wrongShape(key, name)
            }
        }
        for key in Key.allCases where key.isNeeded && values.places[key] == nil {
            throw problem(name, Phrase("\"\(key.rawValue)\" is missing", zh: "缺少 \"\(key.rawValue)\""))
        }
        return values
    }

    private static func entries(in json: [UInt8], name: String) throws(Problem) -> [String: Entry] {
        guard json.count <= largest else {
            throw problem(name, Phrase("the file is larger than 64 KB", zh: "文件大于 64 KB"))
        }
        do {
            return try JSONDecoder().decode([String: Entry].self, from: Data(json))
        } catch DecodingError.typeMismatch(_, let context), DecodingError.valueNotFound(_, let context),
            DecodingError.dataCorrupted(let context)
        {
            guard let key = context.codingPath.first?.stringValue else {
                throw problem(name, Phrase("it is not a JSON object", zh: "不是 JSON 对象"))
            }
            guard let known = Key(rawValue: key) else { throw unknown(key, name) }
            throw wrongShape(known, name)
        } catch {
            throw problem(name, Phrase("it is not a JSON object", zh: "不是 JSON 对象"))
        }
    }

    private static func check(_ values: Values, limit: (x: Double, y: Double), name: String) throws(Problem) {
        if let move = values.chinMove, !(0...1 ~= move) {
            throw problem(
                name, Phrase("\"chinMove\" has to be between 0 and 1", zh: "\"chinMove\" 必须在 0 和 1 之间"))
        }
        for key in Key.allCases {
            guard let place = values.places[key] else { continue }
            guard 0...limit.x ~= place.x, 0...limit.y ~= place.y else {
                throw problem(
                    name, Phrase("\"\(key.rawValue)\" lies outside of the picture", zh: "\"\(key.rawValue)\" 在图片之外"))
            }
        }
        // ears and chin of a face may lie a little outside
        let reach = (x: -limit.x...2 * limit.x, y: -limit.y...2 * limit.y)
        guard (values.points ?? []).allSatisfy({ reach.x ~= $0.x && reach.y ~= $0.y }) else {
            throw problem(name, Phrase("\"points\" lie far outside of the picture", zh: "\"points\" 远在图片之外"))
        }
    }

    private static func unknown(_ key: String, _ name: String) -> Problem {
        problem(name, Phrase("\"\(key.prefix(40))\" is not known", zh: "未知的 \"\(key.prefix(40))\""))
    }

    private static func wrongShape(_ key: Key, _ name: String) -> Problem {
        let word = key.rawValue
        let what =
            switch key {
            case .chinMove: Phrase("\"\(word)\" has to be one number", zh: "\"\(word)\" 必须是一个数")
            case .kind:
                Phrase("\"\(word)\" has to be \"photo\" or \"drawing\"", zh: "\"\(word)\" 必须是 \"photo\" 或 \"drawing\"")
            case .points: Phrase("\"\(word)\" has to be a list of 68 [x, y]", zh: "\"\(word)\" 必须是 68 个 [x, y] 的列表")
            default: Phrase("\"\(word)\" has to be two numbers in [ ]", zh: "\"\(word)\" 必须是 [ ] 中的两个数")
            }
        return problem(name, what)
    }

    private static func problem(_ name: String, _ what: Phrase) -> Problem {
        Problem(.badPoints, file: name, ["what": what])
    }

    /// One digit after the point, whatever the locale.
    private static func decimal(_ value: Float) -> String {
        let tenths = Int((abs(value) * 10).rounded())
        return (value < 0 && tenths > 0 ? "-" : "") + "\(tenths / 10).\(tenths % 10)"
    }
}

/// What stands behind a key.
private enum Entry: Decodable {
    case number(Double)
    case word(String)
    case pair(SIMD2<Double>)
    case pairs([SIMD2<Double>])

    init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        if let number = try? container.decode(Double.self) {
            self = .number(number)
        } else if let word = try? container.decode(String.self) {
            self = .word(word)
        } else if let lists = try? container.decode([[Double]].self), !lists.isEmpty {
            self = .pairs(try lists.map { try Self.pair($0, container) })
        } else {
            self = .pair(try Self.pair(try container.decode([Double].self), container))
        }
    }

    private static func pair(
        _ numbers: [Double], _ container: any SingleValueDecodingContainer
    ) throws -> SIMD2<Double> {
        guard numbers.count == 2 else {
            throw DecodingError.dataCorruptedError(in: container, debugDescription: "not two numbers")
        }
        return SIMD2(numbers[0], numbers[1])
    }
}
