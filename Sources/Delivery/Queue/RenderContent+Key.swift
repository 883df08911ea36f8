import Crypto
import Foundation
import Render

extension RenderContent {
    /// What a render is known by: 64 lower-case hexadecimal digits.
    ///
    /// One part a line, each with its name, so that no two contents give the same text.
    package var key: String {
        let parts = [
            ("audio", audioSHA256), ("avatar", avatarSHA256), ("points", pointsSHA256 ?? "none"),
            ("engine", engine.name), ("version", engine.version), ("settings", engine.settings),
        ]
        let text = parts.map { "\($0.0) \($0.1.utf8.count) \($0.1)\n" }.joined()
        return SHA256.hash(data: Data(text.utf8)).hexadecimal
    }
}

extension Digest {
    /// Lower case, two digits a byte.
    var hexadecimal: String {
        let digits = Array("0123456789abcdef".utf8)
        return String(decoding: flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] }, as: UTF8.self)
    }
}
