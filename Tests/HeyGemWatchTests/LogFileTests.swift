import Foundation
import HeyGemWatch
import Synchronization
import SystemPackage
import TestPrograms
import Testing

/// The log on disk: no line is lost by rotation, and what a disk refuses is told.
@Suite struct LogFileTests {
    private static let day = 86_400.0

    @Test("lines of many threads are all there, whole and in order, over several rotated files")
    func manyThreads() throws {
        try Logs.with { logs throws in
            let log = logs.file(bytes: 1_200_000)
            let (threads, lines) = (8, 2000)
            DispatchQueue.concurrentPerform(iterations: threads) { thread in
                for number in 0..<lines { log.write("\(thread) \(number) \(String(repeating: "·", count: 10))") }
            }
            #expect(try logs.names().count > 2)
            let written = try logs.lines().map { $0.split(separator: " ").compactMap { Int($0) } }
            #expect(written.count == threads * lines)
            for thread in 0..<threads {
                #expect(written.filter { $0[0] == thread }.map { $0[1] } == Array(0..<lines))
            }
        }
    }

    @Test("the oldest files go when all together would be larger than they may be")
    func size() throws {
        try Logs.with { logs throws in
            let log = logs.file(bytes: 6000)
            for number in 0..<1000 { log.write("line \(number) \(String(repeating: "x", count: 90))") }
            let lines = try logs.lines()
            #expect(try logs.bytes() <= 6000)
            // five full files at least stay
            #expect(lines.count > 40)
            #expect(lines.map { $0.split(separator: " ")[1] } == (1000 - lines.count..<1000).map { "\($0)" })
        }
    }

    @Test("a smaller limit holds from the start on")
    func smallerLimit() throws {
        try Logs.with { logs throws in
            let log = logs.file(bytes: 60_000)
            for number in 0..<600 { log.write("line \(number) \(String(repeating: "x", count: 90))") }
            _ = logs.file(bytes: 12_000)
            // with a full new one
            #expect(try logs.bytes() - logs.bytesOfNewest() <= 10_000)
        }
    }

    @Test("older files go so long after their last line, and where little is logged a new one is begun in time")
    func age() throws {
        try Logs.with { logs throws in
            let calendar = Calendar()
            let log = logs.file(keep: .seconds(30 * Self.day), date: calendar.now)
            log.write("first")
            calendar.pass(days: 4)
            log.write("second")
            #expect(try logs.names().count == 1)
            calendar.pass(days: 2)
            log.write("third")
            #expect(try logs.lines() == ["first", "second", "third"])
            #expect(try logs.names().count == 2)
            calendar.pass(days: 25)
            log.tidy()
            #expect(try logs.lines() == ["third"])
        }
    }

    private final class Calendar: Sendable {
        private let date = Mutex(Date())

        @Sendable func now() -> Date { date.withLock { $0 } }

        func pass(days: Double) { date.withLock { $0 += days * LogFileTests.day } }
    }

    @Test("the age of what an earlier run has logged is told by its first line")
    func ageAfterRestart() throws {
        try Logs.with { logs throws in
            try logs.put("2025-12-19 14:20:07.123 INFO old\n")
            logs.file(keep: .seconds(30 * Self.day)).write("new")
            #expect(try logs.names().count == 2)
        }
    }

    @Test("lines go on when somebody has moved, removed or emptied the file, or its folder")
    func foreignRotation() throws {
        try Logs.with { logs throws in
            let log = logs.file()
            log.write("1")
            try logs.move(to: "moved")
            log.write("2")
            #expect(try logs.lines() == ["2"])
            try logs.remove()
            log.write("3")
            try logs.truncate()
            log.write("4")
            #expect(try logs.lines() == ["4"])
            try FileManager.default.removeItem(at: logs.folder)
            log.write("5")
            #expect(try logs.lines() == ["5"])
        }
    }

    @Test("lines that a full disk refuses are counted, and told once when it is mended")
    func fullDevice() throws {
        try Logs.with { logs throws in
            let log = logs.file()
            log.write("before")
            try logs.remove()
            // every write there is refused as on a full disk
            try FileManager.default.createSymbolicLink(atPath: logs.newest.path, withDestinationPath: "/dev/full")
            for number in 1...3 { log.write("lost \(number)") }
            try logs.remove()
            log.write("after")
            log.write("and on")
            #expect(try logs.lines() == ["3 lines lost: No space left on device", "after", "and on"])
        }
    }

    @Test(
        "a disk that really fills up leaves no half line, and every line is there or counted",
        .enabled(if: geteuid() == 0, "skipped: mounting a small disk needs root"))
    func fullDisk() async throws {
        try await Logs.onSmallDisk(bytes: 64 << 10) { logs in
            let log = logs.file(bytes: 1 << 20)
            let ballast = logs.folder.deletingLastPathComponent().appendingPathComponent("ballast")
            try Data(count: 40 << 10).write(to: ballast)
            for number in 0..<500 { log.write("line \(number) \(String(repeating: "x", count: 90))") }
            try FileManager.default.removeItem(at: ballast)
            for number in 500..<600 { log.write("line \(number) \(String(repeating: "x", count: 90))") }
            let lines = try logs.lines()
            let whole = lines.filter { $0.hasPrefix("line ") }
            let told = lines.filter { $0.contains(" lines lost: ") }
            #expect(told.count == 1)
            #expect(whole.count + told.count == lines.count)
            #expect(whole.allSatisfy { $0.hasSuffix(" " + String(repeating: "x", count: 90)) })
            let lost = told.first.flatMap { Int($0.prefix { $0 != " " }) }
            #expect(lost == 600 - whole.count)
            #expect(whole.count < 600)
        }
    }
}

/// A folder of logs.
private struct Logs {
    let folder: URL
    var newest: URL { folder.appendingPathComponent(LogFile.name) }

    static func with(_ body: (Logs) throws -> Void) throws {
        let root = FileManager.default.temporaryDirectory.appendingPathComponent("logs-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: root, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: root) }
        try body(Logs(folder: root.appendingPathComponent("logs")))
    }

    static func onSmallDisk(bytes: Int, _ body: (Logs) throws -> Void) async throws {
        let root = FileManager.default.temporaryDirectory.appendingPathComponent("logs-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: root, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: root) }
        try await BuiltProgram.tool("mount", ["-t", "tmpfs", "-o", "size=\(bytes)", "tmpfs", root.path])
        let result = Result { try body(Logs(folder: root.appendingPathComponent("logs"))) }
        try await BuiltProgram.tool("umount", ["--lazy", root.path])
        try result.get()
    }

    func file(
        keep: Duration? = nil, bytes: Int64 = 60_000_000, date: @escaping @Sendable () -> Date = { Date() }
    ) -> LogFile {
        LogFile(
            folder: FilePath(folder.path), limits: LogLimits(keep: keep, bytes: bytes), date: date,
            notice: { "\($0.lines) lines lost: \($0.why)" })
    }

    /// The oldest first.
    func names() throws -> [String] {
        try FileManager.default.contentsOfDirectory(atPath: folder.path).filter { $0.hasPrefix(LogFile.name) }
            .sorted { Self.number($0) > Self.number($1) }
    }

    private static func number(_ name: String) -> Int { Int(name.dropFirst(LogFile.name.count + 1)) ?? 0 }

    func lines() throws -> [String] {
        try names().flatMap { name in
            let text = try String(contentsOf: folder.appendingPathComponent(name), encoding: .utf8)
            return text.split(separator: "\n").map(String.init)
        }
    }

    func bytes() throws -> Int {
        try names().reduce(0) { try $0 + Data(contentsOf: folder.appendingPathComponent($1)).count }
    }

    func bytesOfNewest() throws -> Int { try Data(contentsOf: newest).count }

    func put(_ text: String) throws {
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        try Data(text.utf8).write(to: newest)
    }

    func move(to name: String) throws {
        try FileManager.default.moveItem(at: newest, to: folder.appendingPathComponent(name))
    }

    func remove() throws { try FileManager.default.removeItem(at: newest) }

    func truncate() throws {
        let file = try FileHandle(forWritingTo: newest)
        try file.truncate(atOffset: 0)
        try file.close()
    }
}
