import Foundation
import TalkingHead
import Testing
import Words

/// The files that people drop, and what becomes of each: the rows of docs/media.md.
enum MediaTable {
    struct Section: Sendable {
        let title: String
        let rows: [MediaRow]
    }

    static let sections = [
        Section(title: "Pictures: PNG", rows: png), Section(title: "Pictures: JPEG", rows: jpeg),
        Section(title: "Pictures: WebP", rows: webp), Section(title: "Pictures: BMP", rows: bitmaps),
        Section(title: "Pictures: sizes", rows: sizes), Section(title: "Pictures: wrong endings", rows: renamed),
        Section(title: "Pictures: damaged", rows: damaged),
        Section(title: "Something else under a picture's name", rows: foreignPictures),
        Section(title: "Documents and the like", rows: documents),
        Section(title: "Something else under a sound's or video's name", rows: foreignMedia),
        Section(title: "Sound", rows: sounds), Section(title: "Video", rows: videos),
    ]

    static let rows = sections.flatMap(\.rows)
}

/// One file: how it is made, and what has to become of it.
struct MediaRow: Sendable, CustomTestStringConvertible {
    /// Its name gives the role.
    let file: String
    /// In words, for the table in the documentation.
    let what: String
    let making: Making
    let outcome: Outcome

    init(_ file: String, _ what: String, _ making: Making, _ outcome: Outcome) {
        (self.file, self.what, self.making, self.outcome) = (file, what, making, outcome)
    }

    var testDescription: String { file }

    enum Making: Sendable {
        /// Arguments of the `ffmpeg` command; the file's name follows.
        case ffmpeg(String)
        /// A program for Python with Pillow: `path` is the file, `quarters(mode, size)` a picture to save.
        case pillow(String)
        case bytes(@Sendable () throws -> [UInt8])
        /// Made in another way first (under its own name in the folder), then changed.
        indirect case changed(Making, @Sendable ([UInt8]) throws -> [UInt8])
    }

    enum Outcome: Sendable {
        case ok(Look)
        /// The sentence has to hold the word.
        case rejected(Reason, word: String)

        static func picture(
            _ width: Int, _ height: Int, note: String = "", colours: [Sample] = MediaStillTests.colours
        ) -> Outcome {
            .ok(Look(width: width, height: height, colours: colours, note: Phrase(verbatim: note)))
        }
    }

    /// What is read; in an outcome, only what is set there is compared.
    struct Look: Sendable {
        var width: Int?
        var height: Int?
        var frames: Int?
        /// Compared within 0.05 s.
        var seconds: Double?
        /// In the middle of the quarters of the first picture.
        var colours: [Sample]?
        /// The note; of what is wanted a part of it, empty where there is to be none.
        var note = Phrase(verbatim: "")
    }

    func make(in folder: MediaFolder) throws -> MediaInput {
        try make(making, in: folder)
        return try folder.open(file)
    }

    private func make(_ making: Making, in folder: MediaFolder) throws {
        switch making {
        case .ffmpeg(let arguments): _ = try folder.make(file, arguments)
        case .pillow(let program):
            let result = try MediaFolder.run(
                Self.python, ["-c", Self.prelude + program, folder.path + "/" + file])
            try #require(result.status == 0, "\(result.output)")
        case .bytes(let bytes): _ = try folder.write(file, bytes())
        case .changed(let first, let change):
            try make(first, in: folder)
            _ = try folder.write(file, change(folder.bytes(file)))
        }
    }

    /// Debian's, where its package python3-pil lies.
    private static let python = "/usr/bin/python3"

    private static let prelude = """
        import sys
        from PIL import Image
        path = sys.argv[1]
        def quarters(mode="RGB", size=(128, 96)):
            picture = Image.new("RGB", size, "white")
            w, h = size[0] // 2, size[1] // 2
            picture.paste((255, 0, 0), (w, 0, 2 * w, h))
            picture.paste((0, 255, 0), (0, h, w, 2 * h))
            picture.paste((0, 0, 255), (w, h, 2 * w, 2 * h))
            return picture.convert(mode)

        """
}
