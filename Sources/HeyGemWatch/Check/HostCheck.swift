import Disk
import Foundation
import SystemPackage
import Words

/// The machine itself: user, clock, inotify's limits.
struct HostCheck {
    /// nil where it can't be opened.
    let inbox: Folder?

    func findings() -> [Finding] { [user, clock, watches].compactMap(\.self) }

    private var user: Finding? {
        let id = getuid()
        let name = Account.userName(id) ?? "\(id)"
        guard id == 0 else { return .ok("host.user", Phrase("runs as \(name)", zh: "以 \(name) 身份运行")) }
        return .warning(
            "host.user", Phrase("runs as root", zh: "以 root 身份运行"),
            mend: Phrase("run it as a user of its own that may write the three folders", zh: "请使用一个可写三个文件夹的专用用户运行"))
    }

    /// Before this was written the clock is wrong, and after it some formats end.
    private static let plausibleYears = 2025...2099

    private var clock: Finding {
        let year = Calendar(identifier: .gregorian).component(.year, from: Date())
        guard Self.plausibleYears.contains(year) else {
            return .problem(
                "host.clock", Phrase("the clock says that it is the year \(year)", zh: "时钟显示为 \(year) 年"),
                mend: Phrase("set the clock", zh: "请校准时钟"))
        }
        let zone = ProcessInfo.processInfo.environment["TZ"].flatMap { $0.isEmpty ? nil : $0 }
        if let zone, !Self.isKnown(zone) {
            return .warning(
                "host.clock", Phrase("the time zone “\(zone)” of TZ is not known", zh: "TZ 中的时区“\(zone)”未知"),
                mend: Phrase(
                    "install tzdata, or set TZ to a name such as Europe/Berlin",
                    zh: "请安装 tzdata，或将 TZ 设为 Asia/Shanghai 之类的名称"))
        }
        let zoneName = TimeZone.current.identifier
        return .ok("host.clock", Phrase("the time zone is \(zoneName)", zh: "时区为 \(zoneName)"))
    }

    private static func isKnown(_ zone: String) -> Bool {
        let name = zone.hasPrefix(":") ? String(zone.dropFirst()) : zone
        // a rule such as CET-1CEST needs no file
        return TimeZone(identifier: name) != nil || name.hasPrefix("/") || name.contains(where: \.isNumber)
    }

    private static let limits = FilePath("/proc/sys/fs/inotify")
    /// Other programs of this user watch too.
    private static let reserve = 100

    private var watches: Finding? {
        guard let inbox, let most = Self.number("max_user_watches"), let instances = Self.number("max_user_instances")
        else {
            return nil
        }
        let folders = 1 + Self.count(in: inbox, below: FilePath(), left: most)
        let done = Phrase(
            "inotify: \(folders) folders to watch, \(most) allowed; \(instances) watchers allowed",
            zh: "inotify：需监视 \(folders) 个文件夹，上限 \(most)；监视实例上限 \(instances)")
        guard folders + Self.reserve > most || instances < 8 else { return .ok("host.inotify", done) }
        let wanted = max(65_536, folders * 4)
        let mend = Phrase(
            "sysctl fs.inotify.max_user_watches=\(wanted) fs.inotify.max_user_instances=128, also in /etc/sysctl.d",
            zh: "请运行 sysctl fs.inotify.max_user_watches=\(wanted) fs.inotify.max_user_instances=128，并写入 /etc/sysctl.d")
        return folders > most ? .problem("host.inotify", done, mend: mend) : .warning("host.inotify", done, mend: mend)
    }

    private static func number(_ name: String) -> Int? {
        let data = FileManager.default.contents(atPath: limits.appending(name).string)
        return data.flatMap { Int(String(decoding: $0, as: UTF8.self).trimmingCharacters(in: .whitespacesAndNewlines)) }
    }

    /// Folders below one, as far as it can matter.
    private static func count(in inbox: Folder, below path: FilePath, left: Int) -> Int {
        var found = 0
        for entry in (try? inbox.entries(of: path)) ?? [] where entry.kind == .folder {
            guard found < left, entry.name.string.first != "." else { continue }
            found += 1 + count(in: inbox, below: path.appending(entry.name), left: left - found - 1)
        }
        return found
    }
}
