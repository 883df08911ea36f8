import Words

/// Values with a unit, and other ways of writing numbers.
extension SettingValue {
    /// A number with a unit: `500ms`, `3s`, `5min`, `24h`, `14d`; fractions are fine.
    package func duration(atLeast least: Duration = .zero) throws(SettingProblem) -> Duration {
        let text = try text()
        let units: [(suffix: String, factor: Double)] = [
            ("ms", 0.001), ("min", 60), ("s", 1), ("h", 3600), ("d", 86_400),
        ]
        // at most ten years: far from what Duration can't hold
        guard let seconds = Self.number(text, units), seconds < 3.2e8 else {
            throw SettingProblem(
                "needs a time with its unit, such as 500ms, 3s, 5min, 24h or 14d, not “\(text)”",
                zh: "需要带单位的时间，例如 500ms、3s、5min、24h 或 14d，而不是“\(text)”")
        }
        guard .seconds(seconds) >= least else {
            throw SettingProblem(
                "needs at least \(Self.written(least)), not “\(text)”", zh: "不能小于 \(Self.written(least))，而不是“\(text)”")
        }
        return .seconds(seconds)
    }

    package func duration(in range: ClosedRange<Duration>) throws(SettingProblem) -> Duration {
        let duration = try duration(atLeast: range.lowerBound)
        guard duration <= range.upperBound else {
            let (text, most) = (try text(), Self.written(range.upperBound))
            throw SettingProblem("needs at most \(most), not “\(text)”", zh: "不能大于 \(most)，而不是“\(text)”")
        }
        return duration
    }

    /// A time, or nil for `off`.
    package func durationOrOff(atLeast least: Duration = .zero) throws(SettingProblem) -> Duration? {
        try valueOr("off", "no", "false") { () throws(SettingProblem) in try duration(atLeast: least) }
    }

    /// A time, or nil for `auto`.
    package func durationOrAuto(atLeast least: Duration = .zero) throws(SettingProblem) -> Duration? {
        try valueOr("auto") { () throws(SettingProblem) in try duration(atLeast: least) }
    }

    /// Bytes, or nil for `off`.
    package func sizeOrOff(atLeast least: Int64 = 0) throws(SettingProblem) -> Int64? {
        try valueOr("off", "no", "false") { () throws(SettingProblem) in try size(atLeast: least) }
    }

    /// - Parameter word: that stands for nil, beside its synonyms.
    private func valueOr<Value>(
        _ word: String, _ synonyms: String..., value: () throws(SettingProblem) -> Value
    ) throws(SettingProblem) -> Value? {
        let text = try text().lowercased()
        if text == word || synonyms.contains(text) { return nil }
        do {
            return try value()
        } catch {
            throw SettingProblem("\(error.words.en); or \(word)", zh: "\(error.words.zh)；或 \(word)")
        }
    }

    /// Bytes, with a unit that means what it says: `1GB` is 10^9, `4 GiB` 2^32.
    ///
    /// - Parameter least: whole megabytes.
    package func size(atLeast least: Int64 = 0) throws(SettingProblem) -> Int64 {
        let text = try text()
        let units: [(suffix: String, factor: Double)] = [
            ("KiB", 0x1p10), ("MiB", 0x1p20), ("GiB", 0x1p30), ("TiB", 0x1p40),
            ("kB", 1e3), ("MB", 1e6), ("GB", 1e9), ("TB", 1e12), ("B", 1),
        ]
        // an exabyte: above every disk, below what Int64 can't hold
        guard let bytes = text == "0" ? 0 : Self.number(text, units), bytes <= 1e18 else {
            throw SettingProblem(
                "needs a size with its unit, such as 500MB, 1GB or 4GiB, not “\(text)”",
                zh: "需要带单位的大小，例如 500MB、1GB 或 4GiB，而不是“\(text)”")
        }
        guard Int64(bytes) >= least else {
            let words = "\(least / 1_000_000)MB"
            throw SettingProblem("needs at least \(words), not “\(text)”", zh: "不能小于 \(words)，而不是“\(text)”")
        }
        return Int64(bytes)
    }

    /// The permission bits of a file in octal: `0644`, `660`.
    package func mode() throws(SettingProblem) -> UInt32 {
        let text = try text()
        let digits = text.hasPrefix("0o") ? text.dropFirst(2) : text[...]
        guard digits.allSatisfy({ ("0"..."7").contains($0) }), (3...4).contains(digits.count),
            let mode = UInt32(digits, radix: 8), mode <= 0o777, mode & 0o600 == 0o600
        else {
            throw SettingProblem(
                "needs permissions in octal that let the owner read and write, such as 0644 or 0660, not “\(text)”",
                zh: "需要八进制权限，且所有者可读写，例如 0644 或 0660，而不是“\(text)”")
        }
        return mode
    }

    /// `#EDEDED`, as 0xEDEDED.
    package func colour() throws(SettingProblem) -> UInt32 {
        let text = try text()
        guard text.hasPrefix("#"), text.utf8.count == 7, text.dropFirst().allSatisfy(\.isHexDigit),
            let colour = UInt32(text.dropFirst(), radix: 16)
        else {
            throw SettingProblem(
                "needs a colour in quotes such as \"#EDEDED\" (red, green, blue), not “\(text)”",
                zh: "需要带引号的颜色，例如 \"#EDEDED\"（红、绿、蓝），而不是“\(text)”")
        }
        return colour
    }

    /// In the largest unit that leaves no fraction.
    private static func written(_ duration: Duration) -> String {
        let units: [(Duration, String)] = [
            (.seconds(86_400), "d"), (.seconds(3600), "h"), (.seconds(60), "min"), (.seconds(1), "s"),
        ]
        for (unit, name) in units where duration >= unit && duration == unit * Int(duration / unit) {
            return "\(Int(duration / unit))\(name)"
        }
        return "\(Int(duration / .milliseconds(1)))ms"
    }

    /// What the number before the unit comes to; nil for a missing or unknown unit and for what is no number >= 0.
    private static func number(_ text: String, _ units: [(suffix: String, factor: Double)]) -> Double? {
        let text = text.trimmingBlanks()
        for unit in units where text.lowercased().hasSuffix(unit.suffix.lowercased()) {
            let digits = text.dropLast(unit.suffix.count).trimmingBlanks()
            if let value = Double(digits), value >= 0, value.isFinite { return value * unit.factor }
        }
        return nil
    }
}
