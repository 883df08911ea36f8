import StrictYAML
import Testing

/// How the text of a value is read as something else.
@Suite struct SettingValueTests {
    @Test(
        "a time is a number with its unit",
        arguments: [
            ("500ms", Duration.milliseconds(500)), ("2s", .seconds(2)), ("1.5min", .seconds(90)), ("3 s", .seconds(3)),
            ("24h", .seconds(86_400)), ("14d", .seconds(14 * 86_400)), ("0s", .zero),
        ])
    func durations(text: String, duration: Duration) throws {
        #expect(try SettingValue(text: text).duration() == duration)
    }

    @Test("what is no time is refused", arguments: ["2", "", "s", "-1s", "2 weeks", "1e99d", "nans", "infs", "1s 2s"])
    func noDurations(text: String) {
        #expect(throws: SettingProblem.self) { try SettingValue(text: text).duration() }
    }

    @Test("a time may be switched off")
    func off() throws {
        #expect(try SettingValue(text: "off").durationOrOff() == nil)
        #expect(try SettingValue(text: "15min").durationOrOff() == .seconds(900))
        #expect(throws: SettingProblem.self) { try SettingValue(text: "never").durationOrOff() }
        #expect(throws: SettingProblem.self) { try SettingValue(text: "1s").durationOrOff(atLeast: .seconds(2)) }
    }

    @Test(
        "a size is a number with its unit, decimal or binary as written",
        arguments: [
            ("1GB", Int64(1_000_000_000)), ("4 GiB", 4 << 30), ("1.5MB", 1_500_000), ("512kB", 512_000),
            ("1TB", 1_000_000_000_000),
            ("2MiB", 2 << 20), ("1KiB", 1024), ("100B", 100), ("0", 0), ("1gb", 1_000_000_000), ("1gib", 1 << 30),
        ])
    func sizes(text: String, bytes: Int64) throws {
        #expect(try SettingValue(text: text).size() == bytes)
    }

    @Test("what is no size is refused", arguments: ["1", "", "GB", "-1GB", "1G", "1e30TB", "1 GB 2", "nanGB"])
    func noSizes(text: String) {
        #expect(throws: SettingProblem.self) { try SettingValue(text: text).size() }
    }

    @Test("permissions are octal", arguments: [("0644", UInt32(0o644)), ("660", 0o660), ("0o640", 0o640)])
    func modes(text: String, mode: UInt32) throws {
        #expect(try SettingValue(text: text).mode() == mode)
    }

    @Test(
        "odd permissions are refused", arguments: ["", "0444", "0888", "rw-r--r--", "644644", "4755", "-644", "+644"])
    func noModes(text: String) {
        #expect(throws: SettingProblem.self) { try SettingValue(text: text).mode() }
    }

    @Test("a colour is six hexadecimal digits")
    func colours() throws {
        #expect(try SettingValue(text: "#EDeD0f").colour() == 0xEDED0F)
        for text in ["", "EDEDED", "#EDE", "#EDEDEG", "white", "#+DEDED"] {
            #expect(throws: SettingProblem.self) { try SettingValue(text: text).colour() }
        }
    }

    @Test("on and off, yes and no are true and false")
    func booleans() throws {
        for text in ["true", "on", "Yes"] { #expect(try SettingValue(text: text).boolean()) }
        for text in ["false", "OFF", "no"] { #expect(try !SettingValue(text: text).boolean()) }
        for text in ["", "1", "perhaps"] {
            #expect(throws: SettingProblem.self) { try SettingValue(text: text).boolean() }
        }
    }

    @Test("a list is a list or one text with commas")
    func lists() throws {
        #expect(SettingValue(text: "a, b;c ,,a").list() == ["a", "b", "c"])
        #expect(SettingValue(list: ["a", "", " b "]).list() == ["a", "b"])
        #expect(throws: SettingProblem.self) { try SettingValue(list: ["1"]).integer(in: 1...2) }
    }
}
