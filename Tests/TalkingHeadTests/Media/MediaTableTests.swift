import Foundation
import TalkingHead
import Testing
import Words

/// Every row of the table, through the readers that the worker uses.
@Suite struct MediaTableTests {
    @Test("every file that people drop is read, or refused with a sentence", arguments: MediaTable.rows)
    func file(row: MediaRow) throws {
        let found = try Self.found(row)
        switch (row.outcome, found) {
        case (.ok(let wanted), .success(let seen)): compare(seen, wanted, row)
        case (.rejected(let reason, let word), .failure(let problem)):
            #expect(problem.reason == reason, "\(problem.message)")
            #expect(problem.message.contains(word), "\(problem.message)")
            #expect(problem.message.contains(row.file) && !problem.message.contains("…"), "\(problem.message)")
            #expect(problem.text(.zh).contains(row.file) && !problem.text(.zh).contains("…"))
        case (.ok, .failure(let problem)): Issue.record("refused: \(problem.message)")
        case (.rejected, .success): Issue.record("was read")
        }
        let line = Self.line(row, found)
        #expect(try Self.document().contains(line), "docs/media.md is older than this row: \(Self.advice)")
    }

    @Test("the table in the documentation has these files and no others")
    func document() throws {
        let files = try Self.document().filter { $0.hasPrefix("| `") }.map { $0.split(separator: "`")[1] }
        #expect(files.map(String.init) == MediaTable.rows.map(\.file), "\(Self.advice)")
        #expect(Set(files).count == files.count)
        #expect(files.count >= 90)
    }

    @Test("the table is written", .enabled(if: ProcessInfo.processInfo.environment[variable] != nil))
    func write() throws {
        let path = try #require(ProcessInfo.processInfo.environment[Self.variable])
        var text = Self.introduction
        for section in MediaTable.sections {
            text +=
                "\n## \(section.title)\n\n| file | what it is | outcome | reason | said | 中文 |\n|---|---|---|---|---|---|\n"
            for row in section.rows { text += try Self.line(row, Self.found(row)) + "\n" }
        }
        try Data(text.utf8).write(to: URL(filePath: path))
    }

    private static let variable = "HEYGEM_WATCH_MEDIA_TABLE"
    private static let advice = "write it with \(variable)=docs/media.md swift test -c release --filter MediaTableTests"
    private static let introduction = """
        # Files that people drop

        What becomes of \(MediaTable.rows.count) kinds of files: read (perhaps with a note) or refused, with the reason's code and the
        sentence that stands in the CSV and in `status`. Made by the tests, which read each of these files anew.

        """

    private static func document() throws -> [String] {
        // the real file, should the tests' folder be a link
        let here = URL(filePath: #filePath).resolvingSymlinksInPath()
        let root = (0..<4).reduce(here) { url, _ in url.deletingLastPathComponent() }
        return try String(contentsOf: root.appending(path: "docs/media.md"), encoding: .utf8)
            .split(separator: "\n").map(String.init)
    }

    private static func line(_ row: MediaRow, _ found: Result<MediaRow.Look, Problem>) -> String {
        let cells: [String] =
            switch found {
            case .success(let look): ["ok", "", look.note.en, look.note.zh]
            case .failure(let problem):
                ["rejected", "`\(problem.reason.rawValue)`", problem.text(.en), problem.text(.zh)]
            }
        return "| " + (["`\(row.file)`", row.what] + cells).joined(separator: " | ") + " |"
    }

    private static func found(_ row: MediaRow) throws -> Result<MediaRow.Look, Problem> {
        let folder = try MediaFolder()
        let file = try row.make(in: folder)
        do throws(Problem) {
            return .success(try MediaRow.Look(reading: file))
        } catch {
            return .failure(error)
        }
    }

    private func compare(_ seen: MediaRow.Look, _ wanted: MediaRow.Look, _ row: MediaRow) {
        #expect(wanted.width == nil || seen.width == wanted.width && seen.height == wanted.height)
        #expect(wanted.frames == nil || seen.frames == wanted.frames)
        #expect(seen.note.isEmpty == wanted.note.isEmpty, "\(seen.note)")
        #expect(wanted.note.isEmpty || seen.note.en.contains(wanted.note.en), "\(seen.note)")
        #expect(seen.note.isEmpty || seen.note.zh != seen.note.en)
        if let seconds = wanted.seconds { #expect(abs((seen.seconds ?? 0) - seconds) <= 0.05, "\(seen)") }
        for (found, colour) in zip(seen.colours ?? [], wanted.colours ?? []) {
            #expect(found.isNear(colour, within: 6), "\(found) in place of \(colour)")
        }
    }
}

extension MediaRow.Look {
    /// As the worker would read it.
    init(reading file: MediaInput) throws(Problem) {
        switch MediaFormat.role(ofName: file.name) {
        case .still: try self.init(still: StillReader.read(file))
        case .video: try self.init(video: file)
        case .sound: try self.init(sound: file)
        case nil: preconditionFailure("a row's name has to have an ending of ours")
        }
    }

    private init(still: StillPicture) {
        let picture = still.picture
        self.init(width: picture.width, height: picture.height, colours: picture.quarters, note: still.note)
    }
}
