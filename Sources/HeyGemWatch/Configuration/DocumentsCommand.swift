import ArgumentParser
import Foundation

/// Writes the parts of README and the example file that are made from tables; `make docs` calls it.
struct DocumentsCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "documents", abstract: "Writes what is generated in README.md and heygem-watch.example.yaml.",
        shouldDisplay: false)

    @Argument(help: "The folder of the sources.")
    var folder = "."

    func run() throws {
        let folder = URL(fileURLWithPath: folder)
        let readme = folder.appendingPathComponent("README.md")
        guard let text = GeneratedDocuments.readme(try String(contentsOf: readme, encoding: .utf8)) else {
            throw CommandFailure(.failedInPart, "README.md lacks the marks of a generated table.")
        }
        try text.write(to: readme, atomically: true, encoding: .utf8)
        let example = folder.appendingPathComponent("heygem-watch.example.yaml")
        try GeneratedDocuments.example.write(to: example, atomically: true, encoding: .utf8)
    }
}
