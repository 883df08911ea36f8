import Foundation
import TestPrograms
import Testing

/// What is no file stands under media names, and links stand where the service writes its own.
@Suite struct SpecialFileTests {
    /// The number of /dev/zero.
    private static let zero: dev_t = 1 << 8 | 5

    @Test("pipes, sockets, devices and links are never opened, and each is told", .timeLimit(.minutes(2)))
    func noFiles() async throws {
        try await Share.with { share in
            try share.dropFace("b/avatar.png")
            try share.drop(try await share.sound(), "b/good.wav")
            let folder = share.inbox.appendingPathComponent("b")
            func path(_ name: String) -> String { folder.appendingPathComponent(name).path }
            // opening a pipe would wait for a writer for ever
            #expect(mkfifo(path("pipe.wav"), 0o644) == 0)
            var names = ["pipe"]
            if mknod(path("device.wav"), S_IFCHR | 0o644, Self.zero) == 0 { names.append("device") }
            for (name, target) in [
                ("link", "/etc/passwd"), ("loop", "loop.wav"), ("nowhere", "/nonexistent"), ("zero", "/dev/zero"),
            ] {
                try FileManager.default.createSymbolicLink(atPath: path("\(name).wav"), withDestinationPath: target)
                names.append(name)
            }
            try share.drop("b/batch.ready")

            let result = try await BuiltProgram.run(["run", "--once"] + share.options, environment: Share.quick)

            #expect(result.status == 1, "\(result.errors)")
            let rows = try share.rows(of: try #require(try share.results(".csv").first))
            #expect(rows["good"]?["status"] == "ok")
            for name in names { #expect(rows[name]?["reason"] == "not_a_file", "\(name): \(rows[name] ?? [:])") }
        }
    }

    /// Paths in the inbox and the outbox where the service keeps things of its own.
    static let places = [
        "inbox/.heygem-watch", "inbox/_archive", "inbox/_failed", "inbox/held/batch.ready.error.txt",
        "outbox/status.txt",
    ]

    @Test("a link that stands where the service writes never leads it out", arguments: places)
    func plantedLinks(place: String) async throws {
        try await Share.with { share in
            let files = FileManager.default
            let outside = share.root.appendingPathComponent("outside")
            try files.createDirectory(at: outside, withIntermediateDirectories: true)
            let victim = outside.appendingPathComponent("file.txt")
            try Data("mine".utf8).write(to: victim)
            let isFile = place.hasSuffix(".txt")
            try share.dropFace("b/avatar.png")
            try share.drop(try await share.sound(), "b/one.wav")
            try share.drop(Data("text".utf8), "b/bad.wav")
            try share.drop("b/batch.ready")
            try share.drop(try await share.sound(), "held/two.wav")
            try share.drop(Data("unknown: 1\n".utf8), "held/batch.ready")
            try files.createSymbolicLink(
                atPath: share.root.appendingPathComponent(place).path,
                withDestinationPath: isFile ? victim.path : outside.path)

            _ = try await BuiltProgram.run(["run", "--once"] + share.options, environment: Share.quick)

            #expect(try files.contentsOfDirectory(atPath: outside.path) == ["file.txt"])
            #expect(try String(contentsOf: victim, encoding: .utf8) == "mine")
            // what was dropped is still somewhere in the inbox
            let there = try files.subpathsOfDirectory(atPath: share.inbox.path)
            #expect(there.contains { $0.hasSuffix("one.wav") } && there.contains { $0.hasSuffix("two.wav") })
        }
    }
}
