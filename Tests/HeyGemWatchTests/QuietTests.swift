import Foundation
import TestPrograms
import Testing

/// A service with nothing to do lets disks sleep.
@Suite struct QuietTests {
    @Test("when all is done nothing is written, to no file and no pipe, no thread wakes, and no processor time is used")
    func idle() async throws {
        try await Share.with { share in
            try share.dropFace("b/avatar.png")
            try share.drop(try await share.sound(), "b/1.wav")
            try share.drop("b/batch.ready")
            try share.dropFace("open/waits.png")
            let service = RunningProgram(BuiltProgram.service, ["run"] + share.options, environment: Share.quick)
            try service.start()
            try #require(await service.printsError("delivered"))

            // the last status is written a second later, and threads without work end by and by
            var (before, after) = (try Use(service), try Use(service))
            for _ in 0..<20 {
                before = try Use(service)
                try await Task.sleep(for: .seconds(3))
                after = try Use(service)
                if before == after { break }
            }

            #expect(before == after)
            service.terminate()
            #expect(await service.end().status == 0)
        }
    }

    /// What a process has used so far.
    private struct Use: Equatable {
        /// Bytes that went to write calls, and the number of those.
        var written: [String: String]
        /// Clock ticks in the program and in the kernel.
        var processor: [Substring]
        /// By thread, how often it has waited for something.
        var waits: [String: Substring] = [:]

        init(_ program: RunningProgram) throws {
            let folder = "/proc/\(program.identifier)"
            let lines = try String(contentsOfFile: "\(folder)/io", encoding: .utf8).split(separator: "\n")
            let pairs = lines.map { $0.components(separatedBy: ": ") }.filter { $0.count == 2 }
            written = Dictionary(pairs.map { ($0[0], $0[1]) }) { first, _ in first }
                .filter { ["wchar", "syscw", "write_bytes"].contains($0.key) }
            // the name before these may hold spaces
            let fields = try String(contentsOfFile: "\(folder)/stat", encoding: .utf8).split(separator: ")").last ?? ""
            processor = Array(fields.split(separator: " ")[11...12])
            for thread in try FileManager.default.contentsOfDirectory(atPath: "\(folder)/task") {
                let status = try String(contentsOfFile: "\(folder)/task/\(thread)/status", encoding: .utf8)
                waits[thread] = status.split(separator: "\n").first { $0.hasPrefix("voluntary_ctxt_switches") }
            }
        }
    }
}
