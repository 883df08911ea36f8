import Foundation
import Words

/// How all commands write JSON: readable, keys in order, times with offset zero.
enum JSONForm {
    static func text(_ value: some Encodable) throws -> String {
        let encoder = JSONEncoder()
        encoder.dateEncodingStrategy = .iso8601
        encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
        return PlainText.json(String(decoding: try encoder.encode(value), as: UTF8.self))
    }
}
