import Disk
import Foundation
import Render
import SystemPackage
import Testing
import Words

/// Each ending that people may drop, through the real worker with all of its limits in force.
@Suite struct RenderFormatsTests {
    struct Format: Sendable, CustomTestStringConvertible {
        var name: String
        /// Of the `ffmpeg` command, after the input.
        var options = ""
        var testDescription: String { name + " " + options }
    }

    static let sounds = [
        Format(name: "a.wav"), Format(name: "b.wav", options: "-c:a adpcm_ms"), Format(name: "c.wav", options: "-ac 8"),
        Format(name: "a.mp3"), Format(name: "a.m4a"), Format(name: "b.m4a", options: "-c:a alac"),
        Format(name: "a.aac"),
        Format(name: "a.flac"), Format(name: "a.ogg", options: "-c:a libvorbis"), Format(name: "a.opus"),
        Format(name: "a.wma"), Format(name: "a.aiff"), Format(name: "a.caf"),
    ]

    static let avatars = [
        Format(name: "a.png"), Format(name: "a.jpg", options: "-pix_fmt yuvj420p"),
        Format(name: "a.jpeg", options: "-pix_fmt yuvj444p"), Format(name: "a.webp"), Format(name: "a.bmp"),
        Format(name: "a.mp4"), Format(name: "b.mp4", options: "-c:v libx265 -x265-params log-level=none"),
        Format(name: "c.mp4", options: "-c:v libaom-av1 -cpu-used 8"),
        Format(name: "d.mp4", options: "-flags +ildct -x264opts tff=1"),
        Format(name: "a.mov"), Format(name: "b.mov", options: "-c:v prores"), Format(name: "a.m4v", options: "-f ipod"),
        Format(name: "a.mkv"), Format(name: "b.mkv", options: "-c:v ffv1"),
        Format(name: "a.webm", options: "-c:v libvpx"),
        Format(name: "b.webm", options: "-c:v libvpx-vp9 -speed 8"),
        Format(name: "c.webm", options: "-c:v libaom-av1 -cpu-used 8"), Format(name: "a.avi", options: "-c:v mpeg4"),
        Format(name: "b.avi", options: "-c:v mjpeg -pix_fmt yuvj420p"),
    ]

    private static let points = """
        {"eyeLeft": [48, 48], "eyeRight": [80, 48], "mouthLeft": [52, 88], "mouthRight": [76, 88],
        "mouthTop": [64, 84], "mouthBottom": [64, 92], "chin": [64, 112]}
        """

    @Test("every sound is heard", arguments: sounds)
    func sound(format: Format) async throws {
        let folder = try TemporaryFolder()
        var files = WorkerFiles()
        let audio = try folder.media(format.name, "-f lavfi -i sine=d=0.5:r=48000 " + format.options)
        let task = WorkerJob.Task.mouth(
            audio: files.add(audio, name: format.name),
            output: files.add(try folder.file("mouth.csv"), name: "mouth.csv"))
        let end = await WorkerProcess(program: RenderProgram.path).run(WorkerJob(task: task), files: files)
        guard case .done(let result) = end.answer else {
            Issue.record("\(end)")
            return
        }
        #expect(abs(result.audioSeconds - 0.5) < 0.06)
    }

    @Test("every avatar speaks", arguments: avatars)
    func avatar(format: Format) async throws {
        let folder = try TemporaryFolder()
        let isStill = ["png", "jpg", "jpeg", "webp", "bmp"].contains { format.name.hasSuffix("." + $0) }
        let pictures = "-f lavfi -i testsrc=s=128x128:r=25 -frames:v \(isStill ? 1 : 3) -pix_fmt "
        let avatar = try folder.media(
            format.name,
            pictures + (format.name == "a.bmp" || format.name == "a.png" ? "rgb24 " : "yuv420p ") + format.options)
        var files = WorkerFiles()
        let audio = try folder.file("s.wav", bytes: Array(Wave.tone(seconds: 1)))
        let task = WorkerJob.Task.render(
            audio: files.add(audio, name: "s.wav"), avatar: files.add(avatar, name: format.name),
            points: files.add(try folder.file("p.face.json", Self.points), name: "p.face.json"),
            output: files.add(try folder.file("out.mp4"), name: "out.mp4"))
        let end = await WorkerProcess(program: RenderProgram.path).run(WorkerJob(task: task), files: files)
        #expect(end.answer == .done(WorkerResult(audioSeconds: 1)), "\(end)")
        #expect(end.limits?.missing == [])
    }
}

extension TemporaryFolder {
    /// Made by the `ffmpeg` command; words are separated by single spaces.
    func media(_ name: String, _ arguments: String) throws -> OpenFile {
        let process = Process()
        process.executableURL = URL(filePath: "/usr/bin/env")
        let words = "ffmpeg -v error -nostdin -y " + arguments + " " + folder.path.string + "/" + name
        process.arguments = words.split(separator: " ").map(String.init)
        try process.run()
        process.waitUntilExit()
        try #require(process.terminationStatus == 0)
        return try folder.open(FilePath(name))
    }
}
