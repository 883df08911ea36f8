import Delivery
import Foundation
import SystemPackage

/// The demo's folders, and the copying that a person would do.
struct DemoStage {
    /// One file that is dropped: a sample, and its path in the inbox.
    struct Drop {
        var sample: String
        var name: String
    }

    static let batch = "dealers-july"
    static let marker = "\(batch)/batch.ready"
    static let drops = [
        Drop(sample: "portrait.png", name: "\(batch)/avatar.png"),
        Drop(sample: "english.wav", name: "\(batch)/001 Anna.wav"),
        Drop(sample: "mandarin.wav", name: "\(batch)/002 李雷.wav"),
        Drop(sample: "presenter.png", name: "\(batch)/vip/003-carmen.png"),
        Drop(sample: "presenter.face.json", name: "\(batch)/vip/003-carmen.face.json"),
        Drop(sample: "spanish.wav", name: "\(batch)/vip/003-carmen.wav"),
    ]

    let folder: FilePath
    let samples: FilePath
    var inbox: FilePath { folder.appending("inbox") }
    var outbox: FilePath { folder.appending("outbox") }
    var state: FilePath { folder.appending("state") }
    var log: FilePath { folder.appending("service.log") }

    init(folder: FilePath, samples: FilePath) throws {
        self.folder = folder
        self.samples = samples
        guard FileManager.default.fileExists(atPath: samples.appending("english.wav").string) else {
            throw CommandFailure(.preflight, "No samples in \(samples.string). Run scripts/setup, or “make demo”.")
        }
        try clear()
        for path in [inbox, outbox, state] {
            try FileManager.default.createDirectory(atPath: path.string, withIntermediateDirectories: true)
        }
        _ = FileManager.default.createFile(atPath: folder.appending(Self.sign).string, contents: nil)
    }

    /// Says that the folder was made by a demo and may be emptied by the next.
    private static let sign = ".heygem-watch-demo"

    private func clear() throws {
        let files = FileManager.default
        guard let names = try? files.contentsOfDirectory(atPath: folder.string), !names.isEmpty else { return }
        guard names.contains(Self.sign) else {
            throw CommandFailure(.preflight, "\(folder.string) holds other files. Give --folder with a new folder.")
        }
        try files.removeItem(atPath: folder.string)
    }

    /// Copies in pieces with pauses, as a file manager does over a network.
    func copy(_ drop: Drop) async throws {
        let target = inbox.appending(drop.name)
        try FileManager.default.createDirectory(
            atPath: target.removingLastComponent().string, withIntermediateDirectories: true)
        guard let data = FileManager.default.contents(atPath: samples.appending(drop.sample).string) else {
            throw CommandFailure(.preflight, "The sample \(drop.sample) can't be read. Run scripts/setup again.")
        }
        _ = FileManager.default.createFile(atPath: target.string, contents: nil)
        let file = try FileHandle(forWritingTo: URL(fileURLWithPath: target.string))
        for start in stride(from: 0, to: data.count, by: 64 << 10) {
            try file.write(contentsOf: data[start..<min(start + 64 << 10, data.count)])
            try await Task.sleep(for: .milliseconds(30))
        }
        try file.close()
    }

    func dropMarker() throws {
        try Data().write(to: URL(fileURLWithPath: inbox.appending(Self.marker).string))
    }

    func status() -> ServiceStatus? {
        guard let data = FileManager.default.contents(atPath: state.appending("status.json").string) else { return nil }
        return try? ServiceStatus.decode(data)
    }

    /// In letters that the sheet can write.
    private static func label(_ name: String) -> String {
        name.applyingTransform(.toLatin, reverse: false)?.applyingTransform(.stripDiacritics, reverse: false) ?? name
    }

    /// Unpacks the ZIP with the system's unzip, a stranger's eye, and lays out six frames of each video.
    func contactSheet(of zip: FilePath) async throws -> FilePath {
        let unpacked = folder.appending("unpacked")
        let unzip = Process()
        unzip.executableURL = URL(fileURLWithPath: "/usr/bin/unzip")
        unzip.arguments = ["-q", "-o", zip.string, "-d", unpacked.string]
        try unzip.run()
        unzip.waitUntilExit()
        guard unzip.terminationStatus == 0 else { throw CommandFailure(.failedInPart, "unzip could not read the ZIP") }
        let names = FileManager.default.enumerator(atPath: unpacked.string)?.compactMap { $0 as? String } ?? []
        let sheet = folder.appending("contact-sheet.png")
        let videos = names.filter { $0.hasSuffix(".mp4") }.sorted().map {
            (name: Self.label($0), path: unpacked.appending($0))
        }
        try await WorkerTasks.contactSheet(of: videos, frames: 6, to: sheet)
        return sheet
    }
}
