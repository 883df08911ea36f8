import Words

/// A length of time as people say it.
enum TimeText {
    static func text(_ duration: Duration) -> Phrase {
        let seconds = duration / .seconds(1)
        if seconds >= 120 {
            let minutes = Int((seconds / 60).rounded())
            return Phrase("\(minutes) min", zh: "\(minutes) 分钟")
        }
        let tenths = Int((seconds * 10).rounded())
        let number = tenths % 10 == 0 ? "\(tenths / 10)" : "\(tenths / 10).\(tenths % 10)"
        return Phrase("\(number) s", zh: "\(number) 秒")
    }
}
