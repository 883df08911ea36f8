package import Foundation

/// A moment as a clock on the wall shows it: proleptic Gregorian calendar, 24 hours.
package struct CivilTime: Hashable, Sendable {
    package let year, month, day, hour, minute, second: Int
    /// Seconds east of Greenwich, whole minutes.
    package let offset: Int

    /// - Parameter seconds: since 1970-01-01T00:00:00Z, leap seconds not counted.
    package init(seconds: Int64, timeZone: TimeZone) {
        let exact = timeZone.secondsFromGMT(for: Date(timeIntervalSince1970: Double(seconds)))
        let offset = exact / 60 * 60  // RFC 3339 has no seconds in an offset; only zones before 1972 had them
        let (local, overflow) = seconds.addingReportingOverflow(Int64(offset))
        self.init(localSeconds: overflow ? seconds : local, offset: offset)
    }

    /// Days are counted in eras of 400 years that begin on a 1 March, so that the leap day is a year's last day
    /// (Howard Hinnant, "chrono-Compatible Low-Level Date Algorithms", `civil_from_days`).
    private init(localSeconds: Int64, offset: Int) {
        let (days, clock) = Self.floorDivide(localSeconds, 86400)
        let (era, dayOfEra) = Self.floorDivide(days + 719_468, 146_097)
        let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let monthFromMarch = (5 * dayOfYear + 2) / 153
        day = Int(dayOfYear - (153 * monthFromMarch + 2) / 5 + 1)
        month = Int(monthFromMarch < 10 ? monthFromMarch + 3 : monthFromMarch - 9)
        year = Int(yearOfEra + era * 400) + (month <= 2 ? 1 : 0)
        (hour, minute, second) = (Int(clock / 3600), Int(clock / 60 % 60), Int(clock % 60))
        self.offset = offset
    }

    private static func floorDivide(_ a: Int64, _ b: Int64) -> (quotient: Int64, remainder: Int64) {
        let (quotient, remainder) = a.quotientAndRemainder(dividingBy: b)
        return remainder < 0 ? (quotient - 1, remainder + b) : (quotient, remainder)
    }

    /// For example `2025-12-19T14:20:07+01:00`.
    package var rfc3339: String {
        let sign = offset < 0 ? "-" : "+"
        let zone = "\(sign)\(Self.digits(abs(offset) / 3600)):\(Self.digits(abs(offset) / 60 % 60))"
        return "\(Self.digits(year, 4))-\(Self.digits(month))-\(Self.digits(day))"
            + "T\(Self.digits(hour)):\(Self.digits(minute)):\(Self.digits(second))\(zone)"
    }

    /// For example `20251219_142007`: the time in the names of the outbox.
    package var compact: String {
        Self.digits(year, 4) + Self.digits(month) + Self.digits(day)
            + "_" + Self.digits(hour) + Self.digits(minute) + Self.digits(second)
    }

    private static func digits(_ number: Int, _ width: Int = 2) -> String {
        let text = String(number)
        return String(repeating: "0", count: max(0, width - text.count)) + text
    }
}
