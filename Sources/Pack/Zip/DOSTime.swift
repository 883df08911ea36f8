import Foundation

/// The date and time of MS-DOS in a ZIP header: local time, 1980 to 2107, two-second steps.
struct DOSTime: Hashable, Sendable {
    let date: UInt16
    let time: UInt16

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
