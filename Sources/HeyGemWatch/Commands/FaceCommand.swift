import ArgumentParser
import Disk
import Render
import SystemPackage

/// The points of a face: drawn into the picture, and as a file to correct.
struct FaceCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "face",
        abstract: "Finds the points of a face: writes PICTURE.points.png, and PICTURE.face.json to correct.",
        discussion: "A .face.json that lies beside the picture is drawn, and stays as it is.")

    @Argument(help: "Picture of a face.")
    var picture: String

    @Flag(help: "Replace what an earlier call wrote.")
    var overwrite = false

    func run() async throws {
        let stem = FilePath(picture).removingLastComponent().appending(FilePath(picture).stem ?? "face").string
        let points = try UserFile.points(beside: picture)
        let drawing = stem + ".points.png"
        let sidecar = stem + (points == nil ? ".face.json" : ".face.new.json")
        try await UserFile.output(drawing, overwrite: overwrite) { drawingFile in
            try await UserFile.output(sidecar, overwrite: overwrite) { sidecarFile in
                var files = WorkerFiles()
                let task = WorkerJob.Task.face(
                    picture: files.add(try UserFile.input(picture)), points: points.map { files.add($0) },
                    drawing: files.add(drawingFile, name: drawing), sidecar: files.add(sidecarFile, name: sidecar))
                try await WorkerTasks.run(task, files: files)
            }
        }
        print("Look at \(drawing); correct \(sidecar).")
    }
}
