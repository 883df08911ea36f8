package import Foundation
import Testing

extension Share {
    package func drop(_ path: String) throws { try drop(Data(), path) }

    /// The project's drawn face with its points.
    package func dropFace(_ path: String) throws {
        try drop(sample: "presenter.png", path)
        let sidecar = (path as NSString).deletingPathExtension + ".face.json"
        try drop(sample: "presenter.face.json", sidecar)
    }

    /// 0.6 s of speech: short enough to render many.
    package func sound() async throws -> Data {
        try await made("sound.wav") { target in
            let source = BuiltProgram.samples.appendingPathComponent("english.wav").path
            return ["-i", source, "-ss", "0.3", "-t", "0.6", target]
        }
    }

    /// A minute of speech: more than is rendered while a test looks at it.
    package func longSound() async throws -> Data {
        try await made("long.wav") { target in
            let source = BuiltProgram.samples.appendingPathComponent("english.wav").path
            return ["-stream_loop", "-1", "-i", source, "-t", "60", target]
        }
    }

    /// A video whose index stands at its end, as cameras write it: half of it has none.
    package func clip(seconds: Int) async throws -> Data {
        try await made("clip.mp4") { target in
            ["-f", "lavfi", "-i", "testsrc=size=320x240:rate=25", "-t", "\(seconds)", "-pix_fmt", "yuv420p", target]
        }
    }

    /// A picture in which no one is.
    package func landscape() async throws -> Data {
        try await made("landscape.png") { target in
            ["-f", "lavfi", "-i", "gradients=size=640x480:c0=skyblue:c1=darkgreen:n=2", "-frames:v", "1", target]
        }
    }

    private func made(_ name: String, arguments: (String) -> [String]) async throws -> Data {
        let target = root.appendingPathComponent(name)
        if !FileManager.default.fileExists(atPath: target.path) {
            try await BuiltProgram.tool("ffmpeg", ["-v", "error", "-y"] + arguments(target.path))
        }
        return try Data(contentsOf: target)
    }

    /// One ZIP, one CSV, one checksum that agrees; `unzip -t` finds every video whole.
    package func expectWholeZip(videos: Int) async throws {
        let zips = try results(".zip")
        #expect(zips.count == 1)
        let zip = try #require(zips.first)
        try await BuiltProgram.tool(
            "sha256sum", ["--check", "--strict", zip.lastPathComponent + ".sha256"], in: outbox)
        try await BuiltProgram.tool("unzip", ["-tqq", zip.path])
        let names = try await BuiltProgram.tool("unzip", ["-Z1", zip.path]).split(separator: "\n")
        #expect(names.filter { $0.hasSuffix(".mp4") }.count == videos)
        #expect(names.contains("metadata.csv"))
        #expect(try results(".csv").count == 1)
    }
}
