import Batch

/// Files that were delivered already and stay, and files that can't be used.
extension Scenario {
    static let rest = kept + foreign

    static let kept = [
        Scenario(
            "files that were delivered already are nothing by themselves",
            "0 kept d/a.wav, d/a.png, d/b.wav, d/notes.xyz, d/batch.ready, d/items.csv, d/x.heic, monday.batch",
            inAnyOrder: true, gives: ""),
        Scenario(
            "a kept avatar.* serves new audios",
            """
            0 kept d/avatar.png, d/1.wav
            0 copy d/2.wav, d/batch.ready
            """, inAnyOrder: true,
            gives: """
                8 close d
                item 2 = d/2.wav + d/avatar.png
                marker d/batch.ready
                """,
            log: "7 render d/2.wav + d/avatar.png"),
        Scenario(
            "and goes on to do so",
            """
            0 kept d/avatar.png
            0 copy d/2.wav, d/batch.ready
            60 copy d/3.wav, d/batch.ready
            """,
            gives: """
                8 close d
                item 2 = d/2.wav + d/avatar.png
                marker d/batch.ready
                68 close d
                item 3 = d/3.wav + d/avatar.png
                marker d/batch.ready
                """),
        Scenario(
            "a kept audio with new points is rendered",
            """
            0 kept d/a.wav, d/a.png
            0 copy d/a.face.json, d/batch.ready
            """, inAnyOrder: true,
            gives: """
                7 close d
                item a = d/a.wav + d/a.png + d/a.face.json
                marker d/batch.ready
                """),
        Scenario(
            "a kept file that changes is new",
            """
            0 kept d/a.wav, d/a.png
            10 copy d/a.wav
            20 copy d/batch.ready
            """,
            gives: """
                27 close d
                item a = d/a.wav + d/a.png
                marker d/batch.ready
                """),
        Scenario(
            "a file that was only looked at and is as it was delivered is kept",
            """
            0 new d/a.wav, d/a.png, d/batch.ready, d/items.csv
            2 kept d/a.wav, d/a.png, d/batch.ready, d/items.csv
            """, inAnyOrder: true, gives: ""),
        Scenario(
            "a marker alone beside kept files waits for members",
            """
            0 kept d/a.wav, d/a.png
            0 copy d/batch.ready
            """, inAnyOrder: true,
            gives: "open d: 1 files, has a marker, and waits for audio and avatar files"),
        Scenario(
            "kept halves are not told again, and pair with what comes",
            """
            0 kept d/a.wav, d/b.wav
            0 copy d/a.png, d/batch.ready
            """, inAnyOrder: true,
            gives: """
                7 close d
                item a = d/a.wav + d/a.png
                marker d/batch.ready
                """),
        Scenario(
            "a kept file that goes ends the renders with it",
            """
            0 kept d/avatar.png
            0 copy d/2.wav
            20 gone d/avatar.png
            """, renders: nil,
            gives: "open d: 1 files, waits for a marker",
            log: """
                7 render d/2.wav + d/avatar.png
                20 end d/2.wav + d/avatar.png
                """),
        Scenario(
            "kept items do not count for what is expected",
            """
            0 kept d/a.wav, d/a.png
            0 copy d/b.wav, d/b.png
            0 write d/batch.ready: expect: 2
            """, inAnyOrder: true,
            gives: "open d: 3 files, waits for more items: 1 of the 2 that the marker expects are done"),
        Scenario(
            "rows of items.csv may name kept files",
            """
            0 kept d/face.png
            0 copy d/b.wav, d/batch.ready
            0 write d/items.csv: audio,avatar|b.wav,face.png
            """, inAnyOrder: true,
            gives: """
                7 close d
                item b = d/b.wav + d/face.png
                marker d/batch.ready
                manifest d/items.csv
                """),
        Scenario(
            "a new list may name whatever was delivered and stays",
            """
            0 kept d/avatar.png, d/notes.xyz, d/items.csv, d/x.heic
            0 copy d/2.wav, d/batch.ready
            0 write d/SHA256SUMS: <2.wav>  2.wav|<avatar.png>  avatar.png|<notes.xyz>  notes.xyz|<items.csv>  items.csv|<x.heic>  x.heic
            """, inAnyOrder: true,
            gives: """
                8 close d
                item 2 = d/2.wav + d/avatar.png
                marker d/batch.ready
                manifest d/SHA256SUMS
                """),
        Scenario(
            "what was delivered and has gone since is missing in a new list",
            """
            0 kept d/avatar.png, d/notes.xyz
            1 gone d/notes.xyz
            1 copy d/2.wav, d/batch.ready
            1 write d/SHA256SUMS: <2.wav>  2.wav|<notes.xyz>  notes.xyz
            """,
            gives: """
                open d: 3 files, is held until it is mended
                held Not as d/SHA256SUMS says: notes.xyz (line 2) is not there. \
                Copy them again, or correct or remove the list.
                """),
        Scenario(
            "a folder of kept files takes its marker from the inbox's top",
            """
            0 kept monday/avatar.png
            0 copy monday.batch, monday/1.wav, a.wav
            """, inAnyOrder: true,
            gives: """
                8 close monday
                item 1 = monday/1.wav + monday/avatar.png
                marker monday.batch
                open inbox: 1 files, waits for a marker
                """),
    ]

    static let foreign = [
        Scenario(
            "foreign files are told, with what they are",
            "0 copy d/a.wav, d/a.HEIC, d/avatar.png, d/speech.docx, d/vip/x.mka, d/batch.ready", inAnyOrder: true,
            gives: """
                8 close d
                item a = d/a.wav + d/avatar.png
                half a.HEIC = d/a.HEIC (it is an HEIC picture, as iPhones take them)
                half speech.docx = d/speech.docx (it is a text document, as Word writes them)
                half vip/x.mka = d/vip/x.mka #vip (it is Matroska sound (MKA))
                marker d/batch.ready
                """),
        Scenario(
            "a folder of nothing else is delivered, to say so",
            "0 copy d/a.heic, d/b.pdf, d/batch.ready", inAnyOrder: true,
            gives: """
                7 close d
                half a.heic = d/a.heic (it is an HEIC picture, as iPhones take them)
                half b.pdf = d/b.pdf (it is a PDF document)
                marker d/batch.ready
                """),
        Scenario(
            "a foreign avatar.* serves nobody",
            "0 copy d/avatar.gif, d/1.wav, d/batch.ready", inAnyOrder: true,
            gives: """
                7 close d
                half 1 = d/1.wav
                half avatar.gif = d/avatar.gif (it is a GIF)
                marker d/batch.ready
                """),
        Scenario(
            "a marker may be called as a foreign file",
            "0 copy d/1.wav, d/done.zip", rules: BatchRules(patterns: [NamePattern("done.zip")].compactMap(\.self)),
            inAnyOrder: true,
            gives: """
                7 close d
                half 1 = d/1.wav
                marker d/done.zip
                """),
    ]
}
