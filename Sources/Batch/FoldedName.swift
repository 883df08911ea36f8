import Foundation

/// A name as it compares without case and however its accents are encoded: "Émile" typed on Windows, Linux or a Mac is one.
struct FoldedName: Hashable, Sendable {
    let bytes: [UInt8]

    init(_ name: [UInt8]) {
        bytes = Self.fold(name)
    }

    /// NFC and case folding; of bytes that are not UTF-8 only the ASCII letters are folded.
    static func fold(_ name: [UInt8]) -> [UInt8] {
        guard name.contains(where: { $0 >= 0x80 }), let text = String(validating: name, as: UTF8.self) else {
            return name.map(lowercaseASCII)
        }
        // Up and then down makes one of ß and SS, of both small sigmas.
        let folded = text.precomposedStringWithCanonicalMapping.uppercased().lowercased()
        return Array(folded.precomposedStringWithCanonicalMapping.utf8)
    }

    static func lowercaseASCII(_ byte: UInt8) -> UInt8 {
        (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(byte) ? byte | 0x20 : byte
    }
}
