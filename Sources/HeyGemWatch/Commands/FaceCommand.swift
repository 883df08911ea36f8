import ArgumentParser
import Disk
import Foundation
import Render
import SystemPackage
import Words

/// The points of a face: drawn into the picture, and as a file to correct.
struct FaceCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "face",
        abstract: "Finds the points of a face: writes PICTURE.points.png, and PICTURE.face.json to correct.",
        discussion: "A .face.json that lies beside the picture is drawn, and stays as it is.")

    @Argument(help: "Picture of a face.")
    var picture: String

    func run() async throws {
        let stem = FilePath(picture).removingLastComponent().appending(FilePath(picture).stem ?? "face").string
        let (drawing, sidecar) = ("\(stem).points.png", "\(stem).face.json")
        let picture = try UserFile.input(picture)
        if let points = try UserFile.points(beside: self.picture) {
            try await ScratchFile.with { try await draw(picture, points, drawing: drawing, sidecar: $0) }
            return print("\(drawing) shows the points of \(sidecar).")
        }
        do {
            try await UserFile.output(sidecar, overwrite: false) {
                try await draw(picture, nil, drawing: drawing, sidecar: $0)
            }
        } catch let failure as CommandFailure where failure.problem?.reason == .noFace {
            try await UserFile.output(sidecar, overwrite: false) { try $0.write(Array(Self.start.utf8), at: 0) }
            throw CommandFailure(
                .failedInPart,
                "No face was found in \(self.picture). Correct \(sidecar), and look with: heygem-watch face \(self.picture)"
            )
        }
        print("Look at \(drawing). If points are wrong, correct \(sidecar).")
    }

    private func draw(
        _ picture: RenderInput, _ points: RenderInput?, drawing: String, sidecar: OpenFile
    ) async throws {
        try await UserFile.output(drawing, overwrite: true) { drawingFile in
            var files = WorkerFiles()
            let task = WorkerJob.Task.face(
                picture: files.add(picture), points: points.map { files.add($0) },
                drawing: files.add(drawingFile, name: drawing), sidecar: files.add(sidecar, name: "points"))
            try await WorkerTasks.run(task, files: files)
        }
    }

    /// A face in the middle, in parts of the picture, for a person to correct.
    private static let start = """
        {
          "eyeLeft": [0.36, 0.38],
          "eyeRight": [0.64, 0.38],
          "mouthLeft": [0.40, 0.66],
          "mouthRight": [0.60, 0.66],
          "mouthTop": [0.50, 0.63],
          "mouthBottom": [0.50, 0.70],
          "chin": [0.50, 0.84],
          "eyeSize": [0.10, 0.06]
        }

        """
}
