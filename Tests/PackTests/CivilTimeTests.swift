import Foundation
import Pack
import Testing

@Suite struct CivilTimeTests {
    static let table: [(Int64, TimeZone, String)] = [
        (0, .utc, "1970-01-01T00:00:00+00:00"),
        (1_766_150_407, .plusOne, "2025-12-19T14:20:07+01:00"),
        (1_766_150_407, .offset(hours: -9, minutes: -30), "2025-12-19T03:50:07-09:30"),
        (1_766_150_407, .offset(hours: 5, minutes: 45), "2025-12-19T19:05:07+05:45"),
        (951_782_400, .utc, "2000-02-29T00:00:00+00:00"),
        (4_107_542_399, .utc, "2100-02-28T23:59:59+00:00"),
        (4_107_542_400, .utc, "2100-03-01T00:00:00+00:00"),
        (-1, .utc, "1969-12-31T23:59:59+00:00"),
        (-62_167_219_200, .utc, "0000-01-01T00:00:00+00:00"),
    ]

    @Test("moments are told as RFC 3339 with the zone's offset", arguments: table)
    func rfc3339(seconds: Int64, timeZone: TimeZone, expected: String) {
        #expect(CivilTime(seconds: seconds, timeZone: timeZone).rfc3339 == expected)
    }

    @Test("the offset follows summer time")
    func summerTime() throws {
        let berlin = try #require(TimeZone(identifier: "Europe/Berlin"))
        #expect(CivilTime(seconds: 1_750_000_000, timeZone: berlin).rfc3339 == "2025-06-15T17:06:40+02:00")
        #expect(CivilTime(seconds: 1_766_150_407, timeZone: berlin).compact == "20251219_142007")
    }

    @Test("the calendar agrees with Foundation's over four centuries")
    func calendar() {
        var calendar = Calendar(identifier: .gregorian)
        calendar.timeZone = .utc
        var random = SeededGenerator(seed: 1)
        for _ in 0..<500 {
            let seconds = Int64.random(in: -3_000_000_000...9_000_000_000, using: &random)
            let time = CivilTime(seconds: seconds, timeZone: .utc)
            let parts = calendar.dateComponents(
                [.year, .month, .day, .hour, .minute, .second], from: Date(timeIntervalSince1970: Double(seconds)))
            #expect(
                [time.year, time.month, time.day, time.hour, time.minute, time.second] == [
                    parts.year, parts.month, parts.day, parts.hour, parts.minute, parts.second,
                ])
        }
    }
}
