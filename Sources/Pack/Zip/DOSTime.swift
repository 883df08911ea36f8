import Foundation

/// The date and time of MS-DOS in a ZIP header: local time, 1980 to 2107, two-second steps.
struct DOSTime: Hashable, Sendable {
    let date: UInt16
    let time: UInt16

    /// As a header has it; it may be no time at all.
    init(date: UInt16, time: UInt16) {
        (self.date, self.time) = (date, time)
    }

    /// Rounded down to an even second; what lies outside the range becomes its first or last moment.
    init(seconds: Int64, timeZone: TimeZone) {
        let civil = CivilTime(seconds: seconds, timeZone: timeZone)
        switch civil.year {
        case ..<1980: (date, time) = (1 << 5 | 1, 0)
        case 2108...: (date, time) = (127 << 9 | 12 << 5 | 31, 23 << 11 | 59 << 5 | 29)
        default:
            date = UInt16((civil.year - 1980) << 9 | civil.month << 5 | civil.day)
            time = UInt16(civil.hour << 11 | civil.minute << 5 | civil.second / 2)
        }
    }
}

extension DOSTime {
    /// What every moment before 1980 becomes.
    private static let first = DOSTime(date: 1 << 5 | 1, time: 0)
    /// Of `first`, in Greenwich.
    private static let firstSeconds: Int64 = 315_532_800
    /// More than any place is ahead or behind.
    private static let widestOffset: Int64 = 16 * 3600
    /// Since 1980 every time zone is so many seconds from Greenwich, or a multiple.
    private static let offsetStep: Int64 = 900

    /// Whether there is such a day with such a time.
    var isReal: Bool { DOSTime(seconds: secondsInGreenwich, timeZone: .gmt) == self }

    /// Whether it may be the local time of a moment, wherever that is.
    ///
    /// - Parameter seconds: since 1970.
    func fits(_ seconds: Int64) -> Bool {
        if self == Self.first { return seconds < Self.firstSeconds + Self.widestOffset }
        let offset = secondsInGreenwich - seconds
        // rounded down to an even second
        let rest = (offset + Self.offsetStep * 100) % Self.offsetStep
        return abs(offset) <= Self.widestOffset && (rest == 0 || rest == Self.offsetStep - 1)
    }

    /// Since 1970 (Howard Hinnant, "chrono-Compatible Low-Level Date Algorithms", `days_from_civil`).
    private var secondsInGreenwich: Int64 {
        let (month, day) = (Int64(date >> 5 & 15), Int64(date & 31))
        let year = Int64(date >> 9) + 1980 - (month <= 2 ? 1 : 0)
        let dayOfYear = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1
        let days = year * 365 + year / 4 - year / 100 + year / 400 + dayOfYear - 719_468
        return days * 86_400 + Int64(time >> 11) * 3600 + Int64(time >> 5 & 63) * 60 + Int64(time & 31) * 2
    }
}
