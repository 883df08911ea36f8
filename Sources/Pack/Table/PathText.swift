package import SystemPackage
import Words

/// A path as text, so that it can be told from every other: the bytes of a name need not be text, and a table leaves out
/// what nobody sees.
///
/// Bytes that are not UTF-8, control characters and those that turn the direction of writing are written as `\xHH`, one
/// for each byte, and a backslash as `\\`. Everything else stands as it is.
package enum PathText {
    package static func text(of path: FilePath) -> String {
        text(
            of: path.withPlatformString { start in
                var bytes: [UInt8] = []
                var next = start
                while next.pointee != 0 {
                    bytes.append(UInt8(bitPattern: next.pointee))
                    next += 1
                }
                return bytes
            })
    }

    package static func text(of bytes: [UInt8]) -> String {
        var text = ""
        var rest = bytes[...]
        while let byte = rest.first {
            let (scalar, length) = first(of: rest) ?? (nil, 1)
            if scalar == "\\" {
                text += "\\\\"
            } else if let scalar, !scalar.isControlOrBidi {
                text.unicodeScalars.append(scalar)
            } else {
                for byte in length > 1 ? rest.prefix(length) : [byte] { text += escape(byte) }
            }
            rest = rest.dropFirst(length)
        }
        return text
    }

    /// The bytes that such a text stands for; nil for one that can't be ours.
    package static func bytes(of text: String) -> [UInt8]? {
        var bytes: [UInt8] = []
        var rest = Array(text.utf8)[...]
        while let byte = rest.popFirst() {
            guard byte == UInt8(ascii: "\\") else {
                bytes.append(byte)
                continue
            }
            switch rest.popFirst() {
            case UInt8(ascii: "\\"): bytes.append(UInt8(ascii: "\\"))
            case UInt8(ascii: "x"):
                guard rest.count >= 2, let value = UInt8(String(decoding: rest.prefix(2), as: UTF8.self), radix: 16)
                else { return nil }
                bytes.append(value)
                rest = rest.dropFirst(2)
            default: return nil
            }
        }
        return bytes
    }

    private static func escape(_ byte: UInt8) -> String {
        "\\x" + (byte < 16 ? "0" : "") + String(byte, radix: 16, uppercase: true)
    }

    /// nil where the bytes begin with something that is not UTF-8.
    private static func first(of bytes: ArraySlice<UInt8>) -> (Unicode.Scalar?, Int)? {
        for length in 1...4 where length <= bytes.count {
            guard let text = String(validating: bytes.prefix(length), as: UTF8.self) else { continue }
            return (text.unicodeScalars.first, length)
        }
        return nil
    }
}
