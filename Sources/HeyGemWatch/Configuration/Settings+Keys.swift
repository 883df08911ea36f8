import Batch
import Render
import StrictYAML
import SystemPackage

/// The one table of all keys, from which README's table and the example file are made.
extension Settings {
    package static let groups = [
        SettingGroup(title: "Folders", keys: folders), SettingGroup(title: "Files and batches", keys: batches),
        SettingGroup(title: "Videos", keys: videos), SettingGroup(title: "Results", keys: results),
        SettingGroup(title: "What is kept", keys: retention), SettingGroup(title: "Words", keys: words),
    ]

    package static let keys = groups.flatMap(\.keys)

    private static let folders: [SettingKey] = [
        .words("inbox", "folder that is watched", "a folder", is: "must be given", sample: "/srv/share/inbox") {
            (value, settings) throws(SettingProblem) in settings.inbox = try value.path()
        },
        .words("outbox", "folder for the results", "a folder", is: "must be given", sample: "/srv/share/outbox") {
            (value, settings) throws(SettingProblem) in settings.outbox = try value.path()
        },
        .words(
            "state", "folder for the ledger, finished videos and logs", "a folder on a local disk",
            is: "`heygem-watch` in `$XDG_STATE_HOME` or `~/.local/state`", sample: "/var/lib/heygem-watch"
        ) { (value, settings) throws(SettingProblem) in settings.state = try value.path() },
    ]

    private static let batches: [SettingKey] = [
        .value(
            "watch",
            "how changes are noticed: by the system's events, by listing the inbox again and again, or what its file system needs",
            "`auto`, `inotify`, `poll`", is: "auto"
        ) { (value, settings) throws(SettingProblem) in settings.watch = try value.choice(WatchMode.self) },
        .value(
            "poll", "the inbox is listed this often where no events come", "a time, at least 1s", is: "10s"
        ) { (value, settings) throws(SettingProblem) in settings.poll = try value.duration(atLeast: .seconds(1)) },
        .value(
            "settle",
            "a file counts as complete when it has not changed for so long; `auto`: 2s on a local disk, 15s on SMB and FUSE, 65s on NFS",
            "`auto` or a time", is: "auto"
        ) { (value, settings) throws(SettingProblem) in settings.settle = try value.durationOrAuto() },
        .value(
            "folder_quiet",
            "a batch closes when its folder has not changed for so long; `auto`: 5s, on network file systems twice the settle time",
            "`auto` or a time", is: "auto"
        ) { (value, settings) throws(SettingProblem) in settings.folderQuiet = try value.durationOrAuto() },
        .value("late_grace", "the same, when files changed after the marker", "a time", is: "30s") {
            (value, settings) throws(SettingProblem) in settings.lateGrace = try value.duration()
        },
        .value(
            "incomplete_grace",
            "an audio or video that ends too early is rejected only when it has not changed for so long; with `--once` at once",
            "a time", is: "10min"
        ) { (value, settings) throws(SettingProblem) in settings.incompleteGrace = try value.duration() },
        .value(
            "rescan", "the inbox is listed anew this often, whatever the events said", "a time, at least 1s", is: "5min"
        ) { (value, settings) throws(SettingProblem) in settings.rescan = try value.duration(atLeast: .seconds(1)) },
        .value(
            "markers", "names of the files that close a batch; each also with `.txt` behind it",
            "a list of names, with `*` and `?`", is: #"[batch.ready, "*.batch"]"#
        ) { (value, settings) throws(SettingProblem) in settings.markers = try patterns(value) },
        .value(
            "close_after", "a folder without marker is closed when it was quiet for so long", "`off` or a time",
            is: "off"
        ) { (value, settings) throws(SettingProblem) in settings.closeAfter = try value.durationOrOff() },
        .value(
            "expect_timeout", "so long a marker waits for as many items as its `expect` says", "a time", is: "24h"
        ) { (value, settings) throws(SettingProblem) in settings.expectTimeout = try value.duration() },
        .words(
            "default_avatar", "the face for audios that find no other; it stays where it is", "a picture or video",
            is: "none", sample: "/srv/share/faces/anna.png"
        ) { (value, settings) throws(SettingProblem) in
            let path = try value.path()
            guard let name = path.lastComponent, Inbox.half(at: FilePath(root: nil, [name]))?.half.role == .avatar
            else {
                throw SettingProblem(
                    "needs a picture or a video such as .png, .jpg or .mp4, not “\(path)”",
                    zh: "需要图片或视频，例如 .png、.jpg 或 .mp4，而不是“\(path)”")
            }
            settings.defaultAvatar = path
        },
    ]

    private static func patterns(_ value: SettingValue) throws(SettingProblem) -> [NamePattern] {
        var patterns: [NamePattern] = []
        for glob in value.list() {
            guard let pattern = NamePattern(glob) else {
                throw SettingProblem(
                    "“\(glob)” can't be a marker's name: it has a / in it, or would fit media, items.csv or any file",
                    zh: "“\(glob)”不能作为标记文件名：它含有 /，或会匹配媒体文件、items.csv 或所有文件")
            }
            patterns.append(pattern)
        }
        guard !patterns.isEmpty else { throw SettingProblem("needs at least one name", zh: "至少需要一个名称") }
        return patterns
    }
}
