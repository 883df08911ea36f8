import HeyGemWatch
import Render
import StrictYAML
import Testing
import Words

/// How settings come together, and what is said of wrong ones.
@Suite struct ConfigurationTests {
    @Test("file, environment, flags: the later wins, and it is known where each comes from")
    func order() throws {
        let read = try read(
            "settle: 3s\nworkers: 2\nlife: lively\n",
            environment: ["HEYGEM_WATCH_SETTLE": "4s", "HEYGEM_WATCH_WORKERS": "3"], flags: ["settle": "5s"])
        #expect(read.settings.settle == .seconds(5))
        #expect(read.settings.workers == 3)
        #expect(read.settings.life == .lively)
        #expect(read.settings.folderQuiet == nil)
        #expect(read.origin(of: "settle") == .flag("settle"))
        #expect(read.origin(of: "workers") == .variable("HEYGEM_WATCH_WORKERS"))
        #expect(read.origin(of: "life") == .file("f.yaml", line: 3))
        #expect(read.origin(of: "folder_quiet") == .standard)
    }

    @Test("an empty file and an empty variable set nothing", arguments: ["", "\n", "# nothing\n", "\u{FEFF}"])
    func empty(text: String) throws {
        var settings = try read(text, environment: ["HEYGEM_WATCH_OWNER": "", "HOME": "/home/anna"]).settings
        #expect(settings.state.map { "\($0)" } == "/home/anna/.local/state/heygem-watch")
        settings.state = nil
        #expect(settings == Settings())
    }

    @Test("the defaults that the table tells are those that hold")
    func defaults() throws {
        for key in Settings.keys {
            guard case .value(let text) = key.standard else { continue }
            var settings = try read("\(key.name): \(text)\n").settings
            settings.state = nil
            #expect(settings == Settings(), "\(key.name)")
        }
    }

    @Test(
        "every key sets something",
        arguments: [
            ("inbox", "a"), ("outbox", "a"), ("state", "a"), ("settle", "9s"), ("folder_quiet", "9s"),
            ("late_grace", "9s"), ("rescan", "9s"), ("markers", "[\"*.done\"]"), ("close_after", "15min"),
            ("expect_timeout", "9h"), ("default_avatar", "faces/a.PNG"), ("workers", "9"), ("life", "off"),
            ("blinks", "0"), ("head_motion", "0.5"), ("breathing", "2"), ("brows", "0"), ("quality", "high"),
            ("max_height", "720"), ("max_audio", "9min"), ("background", "\"#00ff00\""), ("slow_render", "9min"),
            ("slow_render_factor", "2.5"), ("slow_pack", "9min"), ("hard_limit_factor", "1.5"),
            ("after_delivery", "keep"), ("keep_videos", "9d"), ("min_free", "9GiB"), ("owner", "anna"),
            ("group", "1000"), ("mode", "0660"), ("language", "zh"), ("status_file", "off"), ("log_level", "debug"),
            ("watch", "poll"), ("poll", "9s"), ("incomplete_grace", "9min"), ("give_up_after", "9h"),
            ("keep_results", "9d"), ("keep_archive", "9d"), ("max_archive", "9GB"), ("keep_history", "9d"),
            ("max_history", "9MB"), ("keep_logs", "off"), ("max_logs", "9MB"),
            ("max_zip_size", "4GB"),
        ])
    func keys(key: String, value: String) throws {
        let standard = try read("").settings
        let read = try read("\(key): \(value)\n")
        #expect(read.settings != standard)
        #expect(read.origin(of: key) == .file("f.yaml", line: 1))
    }

    @Test("no key is without a test")
    func allKeys() {
        #expect(Settings.keys.count == 46)
        #expect(Set(Settings.keys.map(\.name)).count == 46)
    }

    @Test(
        "a wrong file is told with its line and key",
        arguments: [
            ("inbox: a\nsettel: 2s\n", 2, "settel"), ("workers: 0\n", 1, "workers"),
            ("\n\nlife: dead\n", 3, "life"), ("workers: [1, 2]\n", 1, "workers"),
            ("status_file: perhaps\n", 1, "status_file"), ("hard_limit_factor: 0.5\n", 1, "hard_limit_factor"),
            ("max_audio: 2d\n", 1, "max_audio"), ("max_height: 1080p\n", 1, "max_height"),
            ("markers: \"*\"\n", 1, "markers"), ("markers: []\n", 1, "markers"), ("settle:\n", 1, "settle"),
            ("default_avatar: face.txt\n", 1, "default_avatar"), ("background: white\n", 1, "background"),
            ("background: #EDEDED\n", 1, "background"), ("owner: a b\n", 1, "owner"), ("mode: 0999\n", 1, "mode"),
            ("settle: 1min\nclose_after: 30s\n", 2, "close_after"), ("min_free: 1\n", 1, "min_free"),
            ("rescan: 0s\n", 1, "rescan"), ("max_zip_size: 4\n", 1, "max_zip_size"),
            ("max_zip_size: large\n", 1, "max_zip_size"), ("max_zip_size: 999kB\n", 1, "max_zip_size"),
            ("max_zip_size: -1GB\n", 1, "max_zip_size"), ("max_zip_size: 0\n", 1, "max_zip_size"),
        ])
    func problems(text: String, line: Int, key: String) {
        let problem = #expect(throws: ConfigurationProblem.self) { try read(text) }
        #expect(problem?.line == line)
        #expect(problem?.key == key)
        #expect(problem?.text(.en).hasPrefix("f.yaml, line \(line): \(key): ") == true)
        #expect(problem?.text(.zh).hasPrefix("f.yaml 第 \(line) 行：\(key)：") == true)
    }

    @Test("a wrong variable or flag is told by its name")
    func otherProblems() {
        for (name, value) in [("HEYGEM_WATCH_SETLE", "3s"), ("HEYGEM_WATCH_SETTLE", "3")] {
            let problem = #expect(throws: ConfigurationProblem.self) { try read("", environment: [name: value]) }
            #expect(problem?.description.contains(name) == true)
        }
        let problem = #expect(throws: ConfigurationProblem.self) { try read("", flags: ["log_level": "loud"]) }
        #expect(problem?.description.contains("--log-level: needs one of debug") == true)
    }

    @Test(
        "what is no YAML mapping is refused",
        arguments: ["- a\n", "just words\n", "a: [\n", "settle: 1s\nsettle: 2s\n"])
    func noMapping(text: String) {
        #expect(throws: ConfigurationProblem.self) { try read(text) }
    }

    @Test("what holds is printed as a configuration file that gives the same, with where each value comes from")
    func printed() throws {
        let read = try read(
            "inbox: \"/srv/my share: 收件箱 \\\"#1\\\"\"\nmarkers: [done, '*.ok']\nbackground: '#010203'\n",
            environment: ["HEYGEM_WATCH_MAX_AUDIO": "5min", "HOME": "/root"], flags: ["outbox": "-out"])
        let text = read.lines.joined(separator: "\n")
        #expect(try self.read(text).settings == read.settings)
        let lines = read.lines.map { $0.replacing(/[ ]+#/, with: " #") }
        for line in [
            "inbox: \"/srv/my share: 收件箱 \\\"#1\\\"\" # f.yaml, line 1", "outbox: \"-out\" # flag --outbox",
            "state: /root/.local/state/heygem-watch # default", "settle: auto # default",
            "# owner: as the service runs # default",
            "max_audio: 5min # environment variable HEYGEM_WATCH_MAX_AUDIO",
            "markers: [done, \"*.ok\"] # f.yaml, line 2",
        ] {
            #expect(lines.contains(line), "\(line)")
        }
    }

    private func read(
        _ text: String, environment: [String: String] = [:], flags: [String: String] = [:]
    ) throws(ConfigurationProblem) -> EffectiveSettings {
        try SettingsReader.settings(file: ("f.yaml", Array(text.utf8)), environment: environment, flags: flags)
    }
}
