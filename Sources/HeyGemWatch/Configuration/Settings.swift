package import Render
package import StrictYAML
package import SystemPackage

/// What can be set, in the order in which README's table lists it. Each has a default, and a unit where it is a number.
package struct Settings: Sendable {
    package var inbox: FilePath?
    package var outbox: FilePath?
    package var state: FilePath?
    package var settle: Duration = .seconds(2)
    package var folderQuiet: Duration = .seconds(5)
    package var lateGrace: Duration = .seconds(30)
    package var rescan: Duration = .seconds(300)
    package var workers = 1
    package var life = WorkerJob.Life.calm
    package var statusFile = true
    package var logLevel = "info"

    /// One key of the configuration file: how its text becomes a setting, and what README says about it.
    package struct Key: Sendable {
        package var name: String
        package var meaning: String
        package var defaultText: String
        package var apply: @Sendable (_ value: ScalarText, _ settings: inout Settings) throws(SettingProblem) -> Void
    }

    package static let keys: [Key] = [
        Key(name: "inbox", meaning: "folder that is watched", defaultText: "must be given") {
            (value, settings) throws(SettingProblem) in settings.inbox = try value.path()
        },
        Key(name: "outbox", meaning: "folder for the results", defaultText: "must be given") {
            (value, settings) throws(SettingProblem) in settings.outbox = try value.path()
        },
        Key(
            name: "state", meaning: "folder for the ledger, finished videos and logs; on a local disk",
            defaultText: "`heygem-watch` in `$XDG_STATE_HOME` or `~/.local/state`"
        ) { (value, settings) throws(SettingProblem) in settings.state = try value.path() },
        Key(name: "settle", meaning: "a file counts as complete when it has not changed for so long", defaultText: "2s")
        {
            (value, settings) throws(SettingProblem) in settings.settle = try value.duration()
        },
        Key(
            name: "folder_quiet", meaning: "a batch closes when its folder has not changed for so long",
            defaultText: "5s"
        ) { (value, settings) throws(SettingProblem) in settings.folderQuiet = try value.duration() },
        Key(name: "late_grace", meaning: "the same, when files changed after the marker", defaultText: "30s") {
            (value, settings) throws(SettingProblem) in settings.lateGrace = try value.duration()
        },
        Key(
            name: "rescan", meaning: "the inbox is listed anew this often, whatever the events said",
            defaultText: "5min"
        ) { (value, settings) throws(SettingProblem) in settings.rescan = try value.duration(atLeast: .seconds(1)) },
        Key(name: "workers", meaning: "videos rendered at the same time (each uses two cores)", defaultText: "1") {
            (value, settings) throws(SettingProblem) in settings.workers = try value.integer(in: 1...64)
        },
        Key(name: "life", meaning: "blinks and head motion of stills: off, calm or lively", defaultText: "calm") {
            (value, settings) throws(SettingProblem) in
            settings.life = try value.choice(WorkerJob.Life.self)
        },
        Key(name: "status_file", meaning: "keep `status.txt` in the outbox: true or false", defaultText: "true") {
            (value, settings) throws(SettingProblem) in settings.statusFile = try value.boolean()
        },
        Key(name: "log_level", meaning: "debug, info, warning or error", defaultText: "info") {
            (value, settings) throws(SettingProblem) in
            settings.logLevel = try value.choice(of: ["debug", "info", "warning", "error"])
        },
    ]
}
