/// A number of bytes as people say it: decimal units, as disks and file managers use them.
enum ByteText {
    private static let units = ["kB", "MB", "GB", "TB", "PB"]

    static func text(_ bytes: Int64) -> String {
        guard bytes.magnitude >= 1000 else { return "\(bytes) bytes" }
        var (value, unit) = (Double(bytes) / 1000, 0)
        // 999.95 would be shown as 1000.0
        while value.magnitude >= 999.95, unit < units.count - 1 { (value, unit) = (value / 1000, unit + 1) }
        let tenths = Int64((value * 10).rounded())
        return (tenths % 10 == 0 ? "\(tenths / 10)" : "\(tenths / 10).\(tenths.magnitude % 10)") + " " + units[unit]
    }
}
