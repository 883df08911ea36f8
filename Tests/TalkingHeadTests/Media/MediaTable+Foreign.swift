import TalkingHead
import Words

/// Files that are something else than their names say.
extension MediaTable {
    private static func drawn(_ options: String) -> MediaRow.Making {
        .ffmpeg("-f lavfi -i testsrc=s=64x64:r=5:d=1 \(options)")
    }

    private static func words(_ text: String) -> MediaRow.Making { .bytes { Array(text.utf8) } }

    /// Bytes that begin so, and go on with noise that no one reads.
    private static func begins(_ head: [UInt8]) -> MediaRow.Making {
        .bytes { head + (0..<2000).map { UInt8(truncatingIfNeeded: $0 &* 37 &+ 11) } }
    }

    private static func brand(_ name: String) -> MediaRow.Making {
        begins([0, 0, 0, 24] + Array("ftyp\(name)".utf8) + [0, 0, 0, 0] + Array("mif1miaf".utf8))
    }

    private static func packed(_ names: [String]) -> MediaRow.Making {
        let list = names.map { "'\($0)'" }.joined(separator: ", ")
        return .pillow(
            "import zipfile\nwith zipfile.ZipFile(path, 'w') as z:\n for n in [\(list)]: z.writestr(n, '<x/>' * 50)\n")
    }

    static let foreignPictures: [MediaRow] = [
        MediaRow("iphone.jpg", "HEIC", brand("heic"), .rejected(.unsupported, word: "Most Compatible")),
        MediaRow("iphone.png", "HEIF of another kind", brand("mif1"), .rejected(.unsupported, word: "HEIC")),
        MediaRow(
            "web.jpg", "AVIF", drawn("-frames:v 1 -c:v libaom-av1 -still-picture 1 -cpu-used 8 -f avif"),
            .rejected(.unsupported, word: "AVIF")),
        MediaRow("laugh.png", "GIF", drawn("-f gif"), .rejected(.unsupported, word: "the whole clip as MP4")),
        MediaRow("scan.jpg", "TIFF", drawn("-frames:v 1 -c:v tiff -f image2"), .rejected(.unsupported, word: "TIFF")),
        MediaRow(
            "scan-mac.jpg", "TIFF, high bytes first", begins([0x4d, 0x4d, 0, 0x2a, 0, 0, 0, 8]),
            .rejected(.unsupported, word: "TIFF")),
        MediaRow("canon.jpg", "a camera's raw file (CR3)", brand("crx "), .rejected(.unsupported, word: "raw")),
        MediaRow(
            "fuji.jpg", "a camera's raw file (RAF)", begins(Array("FUJIFILMCCD-RAW 0201".utf8)),
            .rejected(.unsupported, word: "raw")),
        MediaRow(
            "layers.png", "Photoshop", begins(Array("8BPS".utf8) + [0, 1]), .rejected(.unsupported, word: "Photoshop")),
        MediaRow(
            "logo.png", "SVG", words("<?xml version=\"1.0\"?>\n<svg xmlns=\"http://www.w3.org/2000/svg\"/>\n"),
            .rejected(.unsupported, word: "SVG")),
        MediaRow(
            "logo.jpg", "EPS", .pillow("quarters().save(path, format='EPS')"), .rejected(.unsupported, word: "EPS")),
        MediaRow(
            "favicon.png", "ICO", .pillow("quarters().save(path, format='ICO')"), .rejected(.unsupported, word: "icon")),
        MediaRow(
            "museum.jpg", "JPEG 2000", .pillow("quarters().save(path, format='JPEG2000')"),
            .rejected(.unsupported, word: "JPEG 2000")),
        MediaRow(
            "future.jpg", "JPEG XL", drawn("-frames:v 1 -c:v libjxl -f image2"),
            .rejected(.unsupported, word: "JPEG XL")),
        MediaRow("clip.png", "MP4", drawn("-pix_fmt yuv420p -f mp4"), .rejected(.unsupported, word: "ending .mp4")),
        MediaRow(
            "clip.jpg", "QuickTime", drawn("-pix_fmt yuv420p -f mov"), .rejected(.unsupported, word: "ending .mov")),
        MediaRow(
            "capture.png", "Matroska", drawn("-pix_fmt yuv420p -f matroska"),
            .rejected(.unsupported, word: "ending .mkv")),
        MediaRow(
            "capture.jpg", "WebM", drawn("-c:v libvpx -pix_fmt yuv420p -f webm"),
            .rejected(.unsupported, word: "ending .webm")),
        MediaRow(
            "voice.png", "MP3", .ffmpeg("-f lavfi -i sine=d=1 -f mp3"), .rejected(.unsupported, word: "ending .mp3")),
        MediaRow(
            "voice.jpg", "WAV", .ffmpeg("-f lavfi -i sine=d=1 -f wav"), .rejected(.unsupported, word: "ending .wav")),
    ]

    static let documents: [MediaRow] = [
        MediaRow(
            "brochure.png", "PDF", .pillow("quarters().save(path, format='PDF')"),
            .rejected(.unsupported, word: "Export the page as PNG")),
        MediaRow(
            "letter.jpg", "Word", packed(["[Content_Types].xml", "word/document.xml"]),
            .rejected(.unsupported, word: "text document")),
        MediaRow(
            "talk.jpg", "PowerPoint", packed(["[Content_Types].xml", "ppt/presentation.xml"]),
            .rejected(.unsupported, word: "Export the slide")),
        MediaRow(
            "list.jpg", "Excel", packed(["[Content_Types].xml", "xl/workbook.xml"]),
            .rejected(.unsupported, word: "spreadsheet")),
        MediaRow(
            "libre.jpg", "LibreOffice",
            .pillow(
                "import zipfile\nwith zipfile.ZipFile(path, 'w') as z:\n z.writestr('mimetype', 'application/vnd.oasis.opendocument.text')\n"
            ), .rejected(.unsupported, word: "text document")),
        MediaRow(
            "old-letter.jpg", "Word before 2007", begins([0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1]),
            .rejected(.unsupported, word: "text document")),
        MediaRow("rich.jpg", "RTF", words("{\\rtf1\\ansi hello}"), .rejected(.unsupported, word: "text document")),
        MediaRow("photos.jpg", "ZIP", packed(["a.jpg", "b.jpg"]), .rejected(.unsupported, word: "Unpack it")),
        MediaRow(
            "photos.png", "RAR", begins(Array("Rar!".utf8) + [0x1a, 7, 1, 0]),
            .rejected(.unsupported, word: "Unpack it")),
        MediaRow(
            "page.jpg", "a web page, as a failed download leaves it",
            words("<!DOCTYPE html><html><body>Please log in</body></html>"),
            .rejected(.unsupported, word: "not the page")),
        MediaRow("note.png", "text", words("this is no picture\n"), .rejected(.unsupported, word: "text file")),
        MediaRow(
            "note-windows.png", "text in UTF-16",
            .bytes { [0xff, 0xfe] + "这是文字\n".utf16.flatMap { [UInt8($0 & 255), UInt8($0 >> 8)] } },
            .rejected(.unsupported, word: "text file")),
        MediaRow(
            "link.jpg", "a shortcut of Windows", begins([0x4c, 0, 0, 0, 1, 0x14, 2, 0]),
            .rejected(.unsupported, word: "Copy the file itself")),
        MediaRow(
            "link.png", "a link to a web page", words("[InternetShortcut]\r\nURL=https://example.org/\r\n"),
            .rejected(.unsupported, word: "shortcut")),
        MediaRow(
            "setup.png", "a program of Windows", begins(Array("MZ".utf8) + [0x90, 0]),
            .rejected(.unsupported, word: "a program")),
    ]

    static let foreignMedia: [MediaRow] = [
        MediaRow(
            "speech.mp3", "PDF", .pillow("quarters().save(path, format='PDF')"),
            .rejected(.unsupported, word: "Put sound in its place")),
        MediaRow(
            "speech.wav", "Word", packed(["[Content_Types].xml", "word/document.xml"]),
            .rejected(.unsupported, word: "text document")),
        MediaRow(
            "jacket.mp3", "JPEG", drawn("-frames:v 1 -c:v mjpeg -f image2"),
            .rejected(.unsupported, word: "ending .jpg")
        ),
        MediaRow(
            "page.mp3", "a web page", words("<html><body>404</body></html>"), .rejected(.unsupported, word: "web page")),
        MediaRow(
            "zeros.wav", "zeros", .bytes { Array(repeating: 0, count: 100_000) }, .rejected(.cut, word: "Copy it again")
        ),
        MediaRow("phone.wav", "AMR", begins(Array("#!AMR\n".utf8)), .rejected(.unsupported, word: "AMR")),
        MediaRow(
            "wechat.mp3", "a chat program's voice (SILK)", begins([2] + Array("#!SILK_V3".utf8)),
            .rejected(.unsupported, word: "voice message")),
        MediaRow("film.wav", "AC-3", .ffmpeg("-f lavfi -i sine=d=1 -f ac3"), .rejected(.unsupported, word: "AC-3")),
        MediaRow(
            "rare.wav", "WavPack", .ffmpeg("-f lavfi -i sine=d=1 -f wv -c:a wavpack"),
            .rejected(.unsupported, word: "lossless")),
        MediaRow("tune.mp3", "MIDI", begins(Array("MThd".utf8) + [0, 0, 0, 6]), .rejected(.unsupported, word: "MIDI")),
        MediaRow(
            "recording.mp3", "Matroska", .ffmpeg("-f lavfi -i sine=d=1 -f matroska"),
            .rejected(.unsupported, word: "as WAV or MP3")),
        MediaRow("laugh.mp4", "GIF", drawn("-f gif"), .rejected(.unsupported, word: "GIF")),
        MediaRow(
            "photo.mp4", "PNG", drawn("-frames:v 1 -c:v png -f image2"), .rejected(.unsupported, word: "ending .png")),
        MediaRow(
            "windows.mp4", "Windows Media", drawn("-c:v wmv2 -f asf"), .rejected(.unsupported, word: "Windows Media")),
        MediaRow("flash.mp4", "Flash", drawn("-c:v flv -f flv"), .rejected(.unsupported, word: "Flash")),
        MediaRow(
            "tv.mp4", "MPEG transport stream", drawn("-pix_fmt yuv420p -r 25 -c:v mpeg2video -f mpegts"),
            .rejected(.unsupported, word: "broadcast")),
        MediaRow(
            "dvd.mp4", "MPEG program stream", drawn("-pix_fmt yuv420p -r 25 -c:v mpeg2video -f vob"),
            .rejected(.unsupported, word: "DVD")),
        MediaRow(
            "theora.mp4", "Ogg video", drawn("-pix_fmt yuv420p -c:v libtheora -f ogg"),
            .rejected(.unsupported, word: "Ogg video")),
        MediaRow(
            "deck.mp4", "PowerPoint", packed(["[Content_Types].xml", "ppt/presentation.xml"]),
            .rejected(.unsupported, word: "its video as MP4")),
        MediaRow(
            "tune.mp4", "MP3", .ffmpeg("-f lavfi -i sine=d=1 -f mp3"), .rejected(.unsupported, word: "ending .mp3")),
    ]
}
