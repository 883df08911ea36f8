/// An sRGB colour that is laid below transparent pictures.
package struct BackgroundColour: Hashable, Sendable {
    package var red: UInt8
    package var green: UInt8
    package var blue: UInt8

    package init(red: UInt8, green: UInt8, blue: UInt8) {
        (self.red, self.green, self.blue) = (red, green, blue)
    }

    /// `#RRGGBB`, in any case of letters; nil for all else.
    package init?(hex: String) {
        let digits = hex.dropFirst()
        guard hex.first == "#", digits.utf8.count == 6, digits.allSatisfy(\.isHexDigit),
            let number = UInt32(digits, radix: 16)
        else { return nil }
        self.init(
            red: UInt8(number >> 16), green: UInt8(number >> 8 & 255), blue: UInt8(number & 255))
    }

    /// `#RRGGBB`.
    package var hex: String {
        let digits = String(Int(red) << 16 | Int(green) << 8 | Int(blue), radix: 16, uppercase: true)
        return "#" + String(repeating: "0", count: 6 - digits.count) + digits
    }

    /// Lets dark and light hair stand out.
    package static let lightGray = BackgroundColour(red: 0xed, green: 0xed, blue: 0xed)
}
