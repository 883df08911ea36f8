import Delivery
import Render
import StrictYAML

extension Settings {
    static let videos: [SettingKey] = [
        .value("workers", "videos rendered at the same time; each uses two cores", "1 to 64", is: "1") {
            (value, settings) throws(SettingProblem) in settings.workers = try value.integer(in: 1...64)
        },
        .value("life", "blinks and head motion of stills", "`off`, `calm`, `lively`", is: "calm") {
            (value, settings) throws(SettingProblem) in
            settings.life.level = try value.choice(WorkerJob.Life.Level.self)
        },
        factor("blinks", "how often stills blink, against what `life` has; 0: never", \.blinks),
        factor("head_motion", "how far heads move, likewise", \.headMotion),
        factor("breathing", "how far they rise and sink with the breath, likewise", \.breathing),
        factor("brows", "how far brows go up with the voice, likewise", \.brows),
        .value(
            "quality",
            "of the picture: `draft` is encoded in three quarters of the time and half the bytes, `high` in three times the time and twice the bytes",
            "`draft`, `normal`, `high`", is: "normal"
        ) {
            (value, settings) throws(SettingProblem) in settings.quality = try value.choice(WorkerJob.Quality.self)
        },
        .value(
            "max_height", "larger pictures and videos are reduced to this height in pixels", "144 to 4320", is: "1080"
        ) { (value, settings) throws(SettingProblem) in settings.maxHeight = try value.integer(in: 144...4320) },
        .value("max_audio", "longer audios are rejected", "a time, 1s to 24h", is: "60min") {
            (value, settings) throws(SettingProblem) in
            settings.maxAudio = try value.duration(in: .seconds(1)...(.seconds(86_400)))
        },
        .value("background", "what shows through transparent pictures: red, green, blue", "a colour", is: "\"#EDEDED\"")
        {
            (value, settings) throws(SettingProblem) in
            _ = try value.colour()
            settings.background = try value.text().uppercased()
        },
        .value("slow_render", "a render is told as slow after so long", "a time, at least 1s", is: "20min") {
            (value, settings) throws(SettingProblem) in settings.slowRender = try value.duration(atLeast: .seconds(1))
        },
        .value(
            "slow_render_factor", "and after so many times its audio's length, if that is longer", "1 to 10000",
            is: "40"
        ) { (value, settings) throws(SettingProblem) in settings.slowRenderFactor = try value.number(in: 1...10_000) },
        .value("slow_pack", "packing a batch is told as slow after so long", "a time, at least 1s", is: "5min") {
            (value, settings) throws(SettingProblem) in settings.slowPack = try value.duration(atLeast: .seconds(1))
        },
        .value("hard_limit_factor", "what takes so many times longer than slow is ended", "1 to 1000", is: "3") {
            (value, settings) throws(SettingProblem) in settings.hardLimitFactor = try value.number(in: 1...1000)
        },
        .value(
            "give_up_after",
            "so long a render is tried again while anything but a full disk is in its way; then it is `failed`",
            "a time",
            is: "24h"
        ) { (value, settings) throws(SettingProblem) in settings.giveUpAfter = try value.duration() },
    ]

    static let results: [SettingKey] = [
        .value(
            "after_delivery", "delivered files go to `_archive`, are deleted, or stay where they are",
            "`archive`, `delete`, `keep`", is: "archive"
        ) { (value, settings) throws(SettingProblem) in settings.afterDelivery = try value.choice(AfterDelivery.self) },
        .value(
            "keep_videos", "videos stay in the state folder for so long, for a later retry or pack", "a time", is: "14d"
        ) {
            (value, settings) throws(SettingProblem) in settings.keepVideos = try value.duration()
        },
        .value(
            "min_free",
            "when less than this is free, the oldest of them go earlier, and neither renders nor ZIPs are begun",
            "a size",
            is: "1GB"
        ) {
            (value, settings) throws(SettingProblem) in settings.minFree = try value.size()
        },
        .value(
            "max_zip_size",
            "a batch whose ZIP would be larger gets several, `…-1of3.zip`, each with its own CSV; `4GB` for programs that can't read larger ones",
            "`off` or a size, at least 1MB", is: "off"
        ) { (value, settings) throws(SettingProblem) in
            settings.maxZipSize = try value.sizeOrOff(atLeast: leastZipSize)
        },
        .words("owner", "who owns the results", "a user's name or number", is: "as the service runs", sample: "anna") {
            (value, settings) throws(SettingProblem) in settings.owner = try account(value)
        },
        .words(
            "group", "the group of the results", "a group's name or number", is: "as the outbox gives", sample: "media"
        ) { (value, settings) throws(SettingProblem) in settings.group = try account(value) },
        .value("mode", "permissions of the results", "octal", is: "0644") {
            (value, settings) throws(SettingProblem) in settings.mode = try value.mode()
        },
    ]

    /// In bytes: little more than a short video and its row.
    package static let leastZipSize: Int64 = 1_000_000

    static let retention: [SettingKey] = [
        .value(
            "keep_results", "results are removed from the outbox after so long", "`off` (never) or a time", is: "off"
        ) {
            (value, settings) throws(SettingProblem) in settings.keepResults = try value.durationOrOff()
        },
        .value(
            "keep_archive", "delivered inputs are removed from `_archive` after so long", "`off` (never) or a time",
            is: "off"
        ) { (value, settings) throws(SettingProblem) in settings.keepArchive = try value.durationOrOff() },
        .value("max_archive", "the oldest go earlier when `_archive` is larger", "`off` or a size", is: "off") {
            (value, settings) throws(SettingProblem) in settings.maxArchive = try value.sizeOrOff()
        },
        .value(
            "keep_history", "the ledger forgets delivered batches after so long", "`off` (never) or a time", is: "off"
        ) { (value, settings) throws(SettingProblem) in settings.keepHistory = try value.durationOrOff() },
        .value("max_history", "the oldest go earlier when the ledger is larger", "`off` or a size", is: "off") {
            (value, settings) throws(SettingProblem) in settings.maxHistory = try value.sizeOrOff()
        },
        .value("keep_logs", "old log files are removed after so long", "`off` (never) or a time", is: "90d") {
            (value, settings) throws(SettingProblem) in settings.keepLogs = try value.durationOrOff()
        },
        .value("max_logs", "the oldest go earlier when all logs together are larger", "a size", is: "60MB") {
            (value, settings) throws(SettingProblem) in settings.maxLogs = try value.size()
        },
    ]

    static let words: [SettingKey] = [
        .value(
            "language", "of CSV, status and log; `auto`: of the environment (`LC_ALL`, `LC_MESSAGES`, `LANG`)",
            "`en`, `zh`, `auto`", is: "auto"
        ) { (value, settings) throws(SettingProblem) in settings.language = try value.choice(LanguageChoice.self) },
        .value("status_file", "keep `status.txt` in the outbox", "`true`, `false`", is: "true") {
            (value, settings) throws(SettingProblem) in settings.statusFile = try value.boolean()
        },
        .value("log_level", "how much is logged", "`debug`, `info`, `warning`, `error`", is: "info") {
            (value, settings) throws(SettingProblem) in
            settings.logLevel = try value.choice(of: ["debug", "info", "warning", "error"])
        },
    ]

    /// Of what `life` has.
    private static func factor(
        _ name: String, _ what: String, _ part: any WritableKeyPath<WorkerJob.Life, Double> & Sendable
    ) -> SettingKey {
        .value(name, what, "0 to 2", is: "1") { (value, settings) throws(SettingProblem) in
            settings.life[keyPath: part] = try value.number(in: WorkerJob.Life.factors)
        }
    }

    private static func account(_ value: SettingValue) throws(SettingProblem) -> String {
        let name = try value.text()
        // as long as Linux allows; the names themselves are looked up when the service starts
        guard (1...32).contains(name.utf8.count), !name.contains(where: { $0.isWhitespace || ":/".contains($0) }) else {
            throw SettingProblem("needs a name or a number, not “\(name)”", zh: "需要名称或数字，而不是“\(name)”")
        }
        return name
    }
}
