import Foundation
import TestPrograms

extension WriterRun {
    /// For each writer a folder with a face, a sound that no other writer has, and a marker; all with an old time.
    func makeSources(of writers: [Writer]) async throws {
        try FileManager.default.createDirectory(at: source, withIntermediateDirectories: true)
        // 192 kHz and 8 channels: long to copy, short to render
        let sound = try await made(
            "voice.wav",
            ["-i", "english.wav", "-ss", "0.3", "-t", "0.6", "-ar", "192000", "-ac", "8", "-c:a", "pcm_s16le"])
        let face = try await made("voice.png", ["-i", "portrait.png", "-vf", "scale=160:160"])
        for writer in writers {
            let folder = source.appendingPathComponent(writer.name)
            try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
            // some of the first samples and the last ones are the name: nobody hears it, and parts differ too
            let name = Data(writer.name.utf8)
            var own = sound
            own.replaceSubrange(4000..<4000 + name.count, with: name)
            own.replaceSubrange(own.count - name.count..<own.count, with: name)
            for (file, data) in [("voice.wav", own), ("voice.png", face), ("batch.ready", Data())] {
                let path = folder.appendingPathComponent(file)
                try data.write(to: path)
                try FileManager.default.setAttributes(
                    [.modificationDate: Date(timeIntervalSince1970: 1_500_000_000)], ofItemAtPath: path.path)
            }
        }
    }

    private func made(_ name: String, _ arguments: [String]) async throws -> Data {
        let target = share.root.appendingPathComponent(name)
        try await BuiltProgram.tool(
            "ffmpeg", ["-v", "error", "-y"] + arguments + [target.path], in: BuiltProgram.samples)
        return try Data(contentsOf: target)
    }
}
