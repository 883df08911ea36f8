import Foundation
import Glibc
import TalkingHead
import Testing
import Words

/// A temporary folder with media that the `ffmpeg` command makes; removed with this object.
final class MediaFolder: Sendable {
    let path: String

    init() throws {
        var template = Array((FileManager.default.temporaryDirectory.path + "/media-XXXXXX").utf8CString)
        let made = try #require(mkdtemp(&template))
        path = String(cString: made)
    }

    deinit {
        try? FileManager.default.removeItem(atPath: path)
    }

    /// Makes a file; its name is the last argument and comes back opened. Words are separated by single spaces.
    func make(_ name: String, _ arguments: String) throws -> MediaInput {
        let words = ["-v", "error", "-y"] + arguments.split(separator: " ").map(String.init) + [path + "/" + name]
        let result = try Self.run("ffmpeg", words)
        try #require(result.status == 0, "ffmpeg: \(result.output)")
        return try open(name)
    }

    func write(_ name: String, _ bytes: some Sequence<UInt8>) throws -> MediaInput {
        try Data(bytes).write(to: URL(filePath: path + "/" + name))
        return try open(name)
    }

    func bytes(_ name: String) throws -> [UInt8] {
        try [UInt8](Data(contentsOf: URL(filePath: path + "/" + name)))
    }

    /// Opens an existing file. Descriptors are few and end with the process.
    func open(_ name: String) throws -> MediaInput {
        let descriptor = Glibc.open(path + "/" + name, O_RDONLY | O_CLOEXEC)
        try #require(descriptor >= 0)
        return MediaInput(descriptor: descriptor, name: name)
    }

    func create(_ name: String) throws -> Int32 {
        let descriptor = Glibc.open(path + "/" + name, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
        try #require(descriptor >= 0)
        return descriptor
    }

    /// What ffprobe says about a file: `key=value` lines, as asked for.
    func probe(_ name: String, _ arguments: String) throws -> [String] {
        let words = ["-v", "error", "-of", "default=noprint_wrappers=1:nokey=1"]
        let result = try Self.run(
            "ffprobe", words + arguments.split(separator: " ").map(String.init) + [path + "/" + name])
        try #require(result.status == 0, "ffprobe: \(result.output)")
        return result.output.split(separator: "\n").map(String.init)
    }

    static func run(_ command: String, _ arguments: [String]) throws -> (status: Int32, output: String) {
        let process = Process()
        process.executableURL = URL(filePath: "/usr/bin/env")
        process.arguments = [command] + arguments
        process.standardInput = FileHandle.nullDevice
        let pipe = Pipe()
        process.standardOutput = pipe
        process.standardError = pipe
        try process.run()
        let output = String(decoding: pipe.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
        process.waitUntilExit()
        return (process.terminationStatus, output)
    }
}

/// A colour as BT.709 in limited range, computed from the standard.
struct Sample: Hashable {
    var y: Int
    var u: Int
    var v: Int

    init(red: Double, green: Double, blue: Double) {
        let luma = 0.2126 * red + 0.7152 * green + 0.0722 * blue
        y = Int((16 + 219 * luma).rounded())
        u = Int((128 + 224 * (blue - luma) / 1.8556).rounded())
        v = Int((128 + 224 * (red - luma) / 1.5748).rounded())
    }

    init(_ picture: YUVPicture, x: Int, y top: Int) {
        y = Int(picture.y[top * picture.lumaStride + x])
        u = Int(picture.u[top / 2 * picture.chromaStride + x / 2])
        v = Int(picture.v[top / 2 * picture.chromaStride + x / 2])
    }

    func isNear(_ other: Sample, within tolerance: Int = 4) -> Bool {
        abs(y - other.y) <= tolerance && abs(u - other.u) <= tolerance && abs(v - other.v) <= tolerance
    }

    static let white = Sample(red: 1, green: 1, blue: 1)
    static let black = Sample(red: 0, green: 0, blue: 0)
    static let red = Sample(red: 1, green: 0, blue: 0)
    static let green = Sample(red: 0, green: 1, blue: 0)
    static let blue = Sample(red: 0, green: 0, blue: 1)
}

extension YUVPicture {
    /// The middles of the four quarters: top left, top right, bottom left, bottom right.
    var quarters: [Sample] {
        [(1, 1), (3, 1), (1, 3), (3, 3)].map { Sample(self, x: width * $0.0 / 4, y: height * $0.1 / 4) }
    }
}

/// The problem that a piece of code ends with; nil when it works.
func problem(_ body: () throws(Problem) -> Void) -> Problem? {
    do throws(Problem) {
        try body()
        return nil
    } catch {
        return error
    }
}
