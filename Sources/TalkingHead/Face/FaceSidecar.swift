import Foundation
package import Words

/// The points of a face that a person gives beside a picture, as `<stem>.face.json`: for drawings, and to correct what
/// was found.
///
/// Positions are [x, y] in pixels of the picture as it is on disk, or in 0...1 of its width and height when no number
/// is above 1. Left and right are the viewer's.
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

        var isNeeded: Bool {
            switch self {
            case .noseBase, .mouthLine, .eyeSize, .chinMove: false
            default: true
            }
        }

        var values: Int { self == .chinMove ? 1 : 2 }
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
        let numbers = values.filter { $0.key != .chinMove && $0.key != .eyeSize }.flatMap(\.value)
        let isFraction = numbers.allSatisfy { $0 <= 1 }
        let (x, y) = original ?? (width, height)
        let limit = isFraction ? (x: 1.0, y: 1.0) : (x: Double(x), y: Double(y))
        try check(values, limit: limit, name: name)
        func point(_ key: Key) -> SIMD2<Float>? {
            values[key].map {
                SIMD2(
                    Float($0[0] / limit.x * Double(width)), Float($0[1] / limit.y * Double(height)))
            }
        }
        let landmarks = SidecarLandmarks(point)
        guard let landmarks, landmarks.isUpright else {
            throw problem(
                name,
                Phrase(
                    "the mouth has to lie below the eyes, and the chin below the mouth",
                    zh: "嘴必须在眼睛下方，下巴必须在嘴下方"))
        }
        let chin = values[.chinMove].map { Float($0[0]) }
        return FacePoints(
            points: landmarks.expanded, origin: .sidecar(hasEyes: values[.eyeSize] != nil, chin: chin))
    }

    /// The file for points that were found, in pixels, so that a person can correct it.
    package static func encode(
        _ face: FacePoints, width: Int, height: Int, original: (width: Int, height: Int)? = nil
    ) -> [UInt8] {
        let (x, y) = original ?? (width, height)
        let scale = SIMD2(Float(x) / Float(width), Float(y) / Float(height))
        let landmarks = SidecarLandmarks(reducing: face)
        let lines = Key.allCases.compactMap { key in
            landmarks[key].map { "  \"\(key.rawValue)\": [\(decimal($0.x * scale.x)), \(decimal($0.y * scale.y))]" }
        }
        return Array(("{\n" + lines.joined(separator: ",\n") + "\n}\n").utf8)
    }

    private static func values(in json: [UInt8], name: String) throws(Problem) -> [Key: [Double]] {
        guard json.count <= largest else {
            throw problem(name, Phrase("the file is larger than 64 KB", zh: "文件大于 64 KB"))
        }
        let entries: [String: Entry]
        do {
            entries = try JSONDecoder().decode([String: Entry].self, from: Data(json))
        } catch DecodingError.typeMismatch(_, let context), DecodingError.valueNotFound(_, let context) {
            guard let key = context.codingPath.first?.stringValue else {
                throw problem(name, Phrase("it is not a JSON object", zh: "不是 JSON 对象"))
            }
            guard let known = Key(rawValue: key) else { throw unknown(key, name) }
            throw wrongCount(known, name)
        } catch {
            throw problem(name, Phrase("it is not a JSON object", zh: "不是 JSON 对象"))
        }
        var values: [Key: [Double]] = [:]
        for (spelling, entry) in entries.sorted(by: { $0.key < $1.key }) {
            guard let key = Key(rawValue: spelling) else { throw unknown(spelling, name) }
            guard entry.isList == (key.values == 2), entry.numbers.count == key.values else {
                throw wrongCount(key, name)
            }
            values[key] = entry.numbers
        }
        for key in Key.allCases where key.isNeeded && values[key] == nil {
            throw problem(name, Phrase("\"\(key.rawValue)\" is missing", zh: "缺少 \"\(key.rawValue)\""))
        }
        return values
    }

    private static func check(
        _ values: [Key: [Double]], limit: (x: Double, y: Double), name: String
    ) throws(Problem) {
        for key in Key.allCases {
            guard let value = values[key] else { continue }
            if key == .chinMove {
                guard 0...1 ~= value[0] else {
                    throw problem(
                        name,
                        Phrase("\"\(key.rawValue)\" has to be between 0 and 1", zh: "\"\(key.rawValue)\" 必须在 0 和 1 之间"))
                }
            } else {
                guard 0...limit.x ~= value[0], 0...limit.y ~= value[1] else {
                    throw problem(
                        name, Phrase("\"\(key.rawValue)\" lies outside of the picture", zh: "\"\(key.rawValue)\" 在图片之外")
                    )
                }
            }
        }
    }

    private static func unknown(_ key: String, _ name: String) -> Problem {
        problem(name, Phrase("\"\(key.prefix(40))\" is not known", zh: "未知的 \"\(key.prefix(40))\""))
    }

    private static func wrongCount(_ key: Key, _ name: String) -> Problem {
        problem(
            name,
            key.values == 2
                ? Phrase("\"\(key.rawValue)\" has to be two numbers in [ ]", zh: "\"\(key.rawValue)\" 必须是 [ ] 中的两个数")
                : Phrase("\"\(key.rawValue)\" has to be one number", zh: "\"\(key.rawValue)\" 必须是一个数"))
    }

    private static func problem(_ name: String, _ what: Phrase) -> Problem {
        Problem(.badPoints, file: name, ["what": what])
    }

    /// One digit after the point, whatever the locale.
    private static func decimal(_ value: Float) -> String {
        let tenths = Int((max(0, value) * 10).rounded())
        return "\(tenths / 10).\(tenths % 10)"
    }
}

/// A number, or a list of numbers.
private struct Entry: Decodable {
    let numbers: [Double]
    let isList: Bool

    init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        if let number = try? container.decode(Double.self) {
            (numbers, isList) = ([number], false)
        } else {
            (numbers, isList) = (try container.decode([Double].self), true)
        }
    }
}
