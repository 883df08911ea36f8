import TalkingHead

/// The mouth track as the CSV of `heygem-watch mouth`: row i stands at i x 0.02 s, each value 0...1.
enum MouthTable {
    static func csv(_ track: MouthTrack) -> [UInt8] {
        var text = "time,open,wide,round\n"
        text.reserveCapacity(track.shapes.count * 28)
        for (index, shape) in track.shapes.enumerated() {
            // in whole hundredths, for 0.02 has no exact spelling in binary
            text += "\(fixed(index * 2, 2)),\(value(shape.open)),\(value(shape.wide)),\(value(shape.round))\n"
        }
        return Array(text.utf8)
    }

    private static func value(_ number: Float) -> String {
        fixed(Int((min(max(number, 0), 1) * 10_000).rounded()), 4)
    }

    /// A number given in units of its last digit.
    private static func fixed(_ units: Int, _ digits: Int) -> String {
        let text = String(units)
        let padded = String(repeating: "0", count: max(0, digits + 1 - text.count)) + text
        return "\(padded.dropLast(digits)).\(padded.suffix(digits))"
    }
}
