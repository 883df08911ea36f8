import Disk
import Foundation
import Render
import SystemPackage

/// A grey picture, the points of a face in it, and a sound: all that a render needs but a face.
final class Scene {
    let folder: TemporaryFolder
    let audio: OpenFile
    let avatar: OpenFile
    let points: OpenFile
    let output: OpenFile

    private static let face = """
        {"eyeLeft": [120, 90], "eyeRight": [200, 90], "mouthLeft": [130, 170], "mouthRight": [190, 170],
        "mouthTop": [160, 162], "mouthBottom": [160, 180], "chin": [160, 215]}
        """

    init(seconds: Int) throws {
        folder = try TemporaryFolder()
        audio = try folder.file("a.wav", bytes: Wave.tone(seconds: min(seconds, 2), of: seconds))
        avatar = try folder.file("a.png", bytes: GreyPNG.bytes(width: 320, height: 240))
        points = try folder.file("a.face.json", Self.face)
        output = try folder.file("out.mp4")
        // silence to the end, without its bytes on the disk
        ftruncate(audio.descriptor, off_t(44 + seconds * Wave.rate * 2))
    }

    var task: WorkerJob.Task {
        .render(
            audio: WorkerJob.File(descriptor: 3, name: "a.wav"), avatar: WorkerJob.File(descriptor: 4, name: "a.png"),
            points: WorkerJob.File(descriptor: 5, name: "a.face.json"),
            output: WorkerJob.File(descriptor: 6, name: "out.mp4"))
    }

    var request: RenderRequest {
        RenderRequest(
            audio: RenderInput(file: audio, name: "a.wav"), avatar: RenderInput(file: avatar, name: "a.png"),
            points: RenderInput(file: points, name: "a.face.json"), output: output)
    }

    /// Starts the worker as a shell would, with the files at 3 to 6.
    func start(_ program: FilePath, input: Pipe) throws -> (process: Process, output: Pipe) {
        let process = Process()
        process.executableURL = URL(filePath: "/bin/sh")
        process.arguments = [
            "-c", "cd \"$1\" && exec \"$0\" 3<a.wav 4<a.png 5<a.face.json 6<>out.mp4", program.string,
            folder.folder.path.string,
        ]
        let output = Pipe()
        process.standardInput = input
        process.standardOutput = output
        try process.run()
        try? input.fileHandleForReading.close()
        return (process, output)
    }
}

/// 16-bit mono WAV.
enum Wave {
    static let rate = 16_000

    /// A tone that swells five times a second, as speech does; its header may promise more seconds than are there.
    static func tone(seconds: Int, of promised: Int? = nil) -> [UInt8] {
        let dataBytes = (promised ?? seconds) * rate * 2
        var bytes = Array("RIFF".utf8) + little(UInt32(36 + dataBytes)) + Array("WAVEfmt ".utf8) + little(UInt32(16))
        bytes += little(UInt16(1)) + little(UInt16(1)) + little(UInt32(rate)) + little(UInt32(rate * 2))
        bytes += little(UInt16(2)) + little(UInt16(16)) + Array("data".utf8) + little(UInt32(dataBytes))
        for index in 0..<seconds * rate {
            let time = Double(index) / Double(rate)
            let level = sin(2 * .pi * 220 * time) * abs(sin(2 * .pi * 2.5 * time))
            bytes += little(UInt16(bitPattern: Int16(level * 20_000)))
        }
        return bytes
    }

    private static func little(_ number: some FixedWidthInteger) -> [UInt8] {
        withUnsafeBytes(of: number.littleEndian) { Array($0) }
    }
}

/// An even grey as PNG, its data stored without compression.
enum GreyPNG {
    static func bytes(width: Int, height: Int) -> [UInt8] {
        let row = [UInt8(0)] + [UInt8](repeating: 128, count: width)
        let pixels = (0..<height).flatMap { _ in row }
        var data: [UInt8] = [0x78, 0x01]
        for start in stride(from: 0, to: pixels.count, by: 65_535) {
            let piece = pixels[start..<min(start + 65_535, pixels.count)]
            let count = UInt16(piece.count)
            data += [start + piece.count == pixels.count ? 1 : 0]
            data += [UInt8(count & 255), UInt8(count >> 8), UInt8(~count & 255), UInt8(~count >> 8)] + piece
        }
        data += big(adler(pixels))
        let header = big(UInt32(width)) + big(UInt32(height)) + [8, 0, 0, 0, 0]
        return [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A] + chunk("IHDR", header) + chunk("IDAT", data)
            + chunk("IEND", [])
    }

    private static func chunk(_ kind: String, _ data: [UInt8]) -> [UInt8] {
        let body = Array(kind.utf8) + data
        return big(UInt32(data.count)) + body + big(crc(body))
    }

    private static func big(_ number: UInt32) -> [UInt8] {
        withUnsafeBytes(of: number.bigEndian) { Array($0) }
    }

    private static func adler(_ bytes: [UInt8]) -> UInt32 {
        let (a, b) = bytes.reduce((UInt32(1), UInt32(0))) { sums, byte in
            let a = (sums.0 + UInt32(byte)) % 65_521
            return (a, (sums.1 + a) % 65_521)
        }
        return b << 16 | a
    }

    private static func crc(_ bytes: [UInt8]) -> UInt32 {
        ~bytes.reduce(~UInt32(0)) { crc, byte in
            (0..<8).reduce(crc ^ UInt32(byte)) { value, _ in value >> 1 ^ (value & 1 == 1 ? 0xEDB8_8320 : 0) }
        }
    }
}
