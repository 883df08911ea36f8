import Batch

/// What markers say, what holds a batch, and what closes it without a marker.
extension Scenario {
    static let holding = contents + withdrawnHolds + markerNames + expected + closeAfter + cancelling

    static let contents = [
        Scenario(
            "a marker gives its batch a title",
            """
            0 copy d/a.wav, d/a.png
            0 write d/batch.ready: title: Dealers, July
            """, inAnyOrder: true,
            gives: """
                7 close d
                item a = d/a.wav + d/a.png
                marker d/batch.ready
                title Dealers, July
                """),
        Scenario(
            "a marker with an unknown key holds the batch; its items are rendered",
            """
            0 copy d/a.wav, d/a.png
            0 write d/batch.ready: titel: July
            """, inAnyOrder: true,
            gives: """
                open d: 3 files, is held until it is mended
                held bad_marker d/batch.ready
                """),
        Scenario(
            "a mended marker releases it",
            """
            0 copy d/a.wav, d/a.png
            0 write d/batch.ready: expect: many
            90 write d/batch.ready: expect: 1
            """,
            gives: """
                92 close d
                item a = d/a.wav + d/a.png
                marker d/batch.ready
                """),
        Scenario(
            "markers that say the same count as one",
            """
            0 copy d/a.wav, d/a.png
            0 write d/batch.ready: title: July
            0 write d/x.batch: {title: July}
            0 write d.batch.txt: "title": "July" # by hand
            """, inAnyOrder: true,
            gives: """
                7 close d
                item a = d/a.wav + d/a.png
                marker d.batch.txt
                marker d/batch.ready
                marker d/x.batch
                title July
                """),
        Scenario(
            "markers that differ hold the batch",
            """
            0 copy d/a.wav, d/a.png
            0 write d/batch.ready: title: July
            0 write d.batch: title: June
            """, inAnyOrder: true,
            gives: """
                open d: 4 files, is held until it is mended
                held d.batch, d/batch.ready say different things. Keep one of them, or make them equal.
                """),
        Scenario(
            "a removed marker leaves the others to close it",
            """
            0 copy d/a.wav, d/a.png
            0 write d/batch.ready: title: July
            0 write d.batch: title: June
            20 gone d.batch
            """,
            gives: """
                25 close d
                item a = d/a.wav + d/a.png
                marker d/batch.ready
                title July
                """,
            log: """
                2 render d/a.wav + d/a.png
                2 hold d.batch, d/batch.ready: d.batch, d/batch.ready say different things. Keep one of them, or make them equal.
                20 release d.batch, d/batch.ready
                """),
        Scenario(
            "a bad marker is told before files are there",
            "0 write d/batch.ready: expect: 0",
            gives: """
                open d: 1 files, is held until it is mended
                held bad_marker d/batch.ready
                """),
    ]

    static let withdrawnHolds = [
        Scenario(
            "a withdrawn marker takes what it held along",
            """
            0 copy d/a.wav, d/a.png
            0 write d/batch.ready: nonsense
            20 gone d/batch.ready
            """,
            gives: "open d: 2 files, waits for a marker",
            log: """
                2 render d/a.wav + d/a.png
                2 hold d/batch.ready: bad_marker d/batch.ready
                20 release d/batch.ready
                """),
        Scenario(
            "a bad marker that is for another batch now holds that one",
            """
            0 copy a.wav, a.png
            0 write monday.batch: nonsense
            20 copy monday/b.wav
            """,
            gives: """
                open inbox: 2 files, waits for a marker
                open monday: 2 files, is held until it is mended
                held bad_marker monday.batch
                """,
            log: """
                2 render a.wav + a.png
                2 hold monday.batch: bad_marker monday.batch
                20 release monday.batch
                20 hold monday.batch: bad_marker monday.batch
                """),
        Scenario(
            "a held batch keeps no other from closing",
            """
            0 copy d/a.wav, e/a.wav, e/batch.ready
            0 write d/batch.ready: nonsense
            """, inAnyOrder: true,
            gives: """
                7 close e
                half a = e/a.wav
                marker e/batch.ready
                open d: 2 files, is held until it is mended
                held bad_marker d/batch.ready
                """),
    ]

    private static func patterns(_ globs: String...) -> BatchRules {
        BatchRules(patterns: globs.compactMap(NamePattern.init))
    }

    static let markerNames = [
        Scenario(
            "markers may be called otherwise",
            "0 copy d/a.wav, d/DONE.txt, monday/b.wav, done-monday, e/c.wav, e/batch.ready",
            rules: patterns("done", "done-*"),
            gives: """
                7 close d
                half a = d/a.wav
                marker d/DONE.txt
                7 close monday
                half b = monday/b.wav
                marker done-monday
                open e: 2 files, waits for a marker
                """),
        Scenario(
            "a note beside a marker is no file of the batch",
            "0 copy d/a.wav, d/batch.ready.error.txt, d/batch.ready, d/monday.batch.txt.error.txt, d/other.error.txt",
            inAnyOrder: true,
            gives: """
                7 close d
                half a = d/a.wav
                marker d/batch.ready
                other d/other.error.txt
                """),
    ]

    private static let patient = BatchRules(expectTimeout: .seconds(600))

    static let expected = [
        Scenario(
            "with as many items as expected it closes without waiting for quiet",
            """
            0 copy d/a.wav, d/a.png, d/b.wav, d/b.png
            0 write d/batch.ready: expect: 2
            """, rules: patient,
            gives: """
                3 close d
                item a = d/a.wav + d/a.png
                item b = d/b.wav + d/b.png
                marker d/batch.ready
                """),
        Scenario(
            "and also with more, but not while something is being copied",
            """
            0 copy d/a.wav, d/a.png, d/b.wav, d/b.png
            0 new d/c.wav
            0 write d/batch.ready: expect: 1
            40 gone d/c.wav
            """, rules: patient,
            gives: """
                40 close d
                item a = d/a.wav + d/a.png
                item b = d/b.wav + d/b.png
                marker d/batch.ready
                """),
        Scenario(
            "a marker that comes first waits for its items, however slowly they come",
            """
            0 write d/batch.ready: expect: 3
            100 copy d/a.wav, d/a.png
            200 copy d/b.wav, d/b.png
            300 copy d/c.wav, d/c.png
            """, rules: patient,
            gives: """
                303 close d
                item a = d/a.wav + d/a.png
                item b = d/b.wav + d/b.png
                item c = d/c.wav + d/c.png
                marker d/batch.ready
                """),
        Scenario(
            "what does not come in time is told",
            """
            0 write d/batch.ready: expect: 3
            100 copy d/a.wav, d/a.png, d/b.wav
            """, rules: patient,
            gives: """
                602 close d
                item a = d/a.wav + d/a.png
                half b = d/b.wav
                marker d/batch.ready
                missing 2
                """),
        Scenario(
            "past that time quiet is waited for",
            """
            0 write d/batch.ready: expect: 3
            590 copy d/a.wav, d/a.png
            """, rules: patient,
            gives: """
                622 close d
                item a = d/a.wav + d/a.png
                marker d/batch.ready
                missing 2
                """),
        Scenario(
            "default pairs start after quiet, and then it closes with the last",
            """
            0 copy d/a.wav, d/b.wav, d/avatar.png
            0 write d/batch.ready: expect: 2
            """, rules: patient, inAnyOrder: true,
            gives: """
                8 close d
                item a = d/a.wav + d/avatar.png
                item b = d/b.wav + d/avatar.png
                marker d/batch.ready
                """),
        Scenario(
            "until then it waits",
            """
            0 copy d/a.wav, d/a.png
            0 write d/batch.ready: expect: 2
            """, rules: BatchRules(), inAnyOrder: true,
            gives: "open d: 3 files, waits for more items: 1 of the 2 that the marker expects are done"),
        Scenario(
            "a marker that expects fewer after all",
            """
            0 copy d/a.wav, d/a.png
            0 write d/batch.ready: expect: 2
            50 write d/batch.ready: expect: 1
            """, rules: patient,
            gives: """
                52 close d
                item a = d/a.wav + d/a.png
                marker d/batch.ready
                """),
        Scenario(
            "rows of items.csv whose files are missing are told when the time is over",
            """
            0 copy d/a.wav, d/a.png
            0 write d/items.csv: audio|a.wav|b.wav
            0 write d/batch.ready: expect: 2
            """, rules: patient,
            gives: """
                open d: 4 files, is held until it is mended
                held d/items.csv: line 3: there is no file b.wav. Correct it, or remove it.
                """,
            log: """
                2 render d/a.wav + d/a.png
                602 hold d/batch.ready: d/items.csv: line 3: there is no file b.wav. Correct it, or remove it.
                """),
    ]

    private static let closing15 = BatchRules(closeAfter: .seconds(900))

    static let closeAfter = [
        Scenario(
            "a folder without marker closes when it has been quiet long enough",
            """
            0 copy d/a.wav, d/a.png, b.wav
            600 copy d/c.wav
            """, rules: closing15, inAnyOrder: true,
            gives: """
                1502 close d
                item a = d/a.wav + d/a.png
                half c = d/c.wav
                open inbox: 1 files, waits for a marker
                """),
        Scenario(
            "a marker closes it at once all the same",
            "0 copy d/a.wav, d/a.png, d/batch.ready", rules: closing15,
            gives: """
                7 close d
                item a = d/a.wav + d/a.png
                marker d/batch.ready
                """),
        Scenario(
            "it waits for long renders, and does not close without anything to deliver",
            """
            0 copy d/a.wav, d/a.png, e/notes.xyz
            1000 end d/a.wav
            """, rules: closing15, renders: nil,
            gives: """
                1000 close d
                item a = d/a.wav + d/a.png
                open e: 1 files, waits for a marker
                """),
        Scenario(
            "missing rows of items.csv hold it",
            """
            0 copy d/a.wav
            0 write d/items.csv: audio|a.wav|b.wav
            """, rules: closing15, inAnyOrder: true,
            gives: """
                open d: 2 files, is held until it is mended
                held d/items.csv: line 3: there is no file b.wav. Correct it, or remove it.
                """),
        Scenario(
            "until then it waits for a marker or for quiet",
            "0 copy d/a.wav", rules: BatchRules(closeAfter: .seconds(7200)),
            gives: "open d: 1 files, waits for a marker, or until it has been quiet for 120 min"),
    ]

    private static let told = "held The batch was cancelled by Anna. To go on: heygem-watch retry d"

    static let cancelling = [
        Scenario(
            "a cancelled batch ends its renders and is held",
            """
            0 copy d/a.wav, d/a.png, d/b.wav, d/b.png, d/batch.ready
            3 end d/a.wav
            4 cancel d
            9 copy d/c.wav, d/c.png
            """, renders: nil,
            gives: """
                open d: 7 files, is cancelled
                \(told)
                """,
            log: """
                2 render d/a.wav + d/a.png
                2 render d/b.wav + d/b.png
                4 end d/b.wav + d/b.png
                4 hold d/batch.ready: The batch was cancelled by Anna. To go on: heygem-watch retry d
                """),
        Scenario(
            "a resumed batch goes on with what had not ended",
            """
            0 copy d/a.wav, d/a.png, d/b.wav, d/b.png, d/batch.ready
            3 end d/a.wav
            4 cancel d
            20 resume d
            30 end d/b.wav
            """, renders: nil,
            gives: """
                30 close d
                item a = d/a.wav + d/a.png
                item b = d/b.wav + d/b.png
                marker d/batch.ready
                """,
            log: """
                2 render d/a.wav + d/a.png
                2 render d/b.wav + d/b.png
                4 end d/b.wav + d/b.png
                4 hold d/batch.ready: The batch was cancelled by Anna. To go on: heygem-watch retry d
                20 render d/b.wav + d/b.png
                20 release d/batch.ready
                """),
        Scenario(
            "a batch may be cancelled before its files are known, and default pairs wait too",
            """
            0 cancel d
            0 copy d/a.wav, d/avatar.png, d/batch.ready
            """,
            gives: """
                open d: 3 files, is cancelled
                \(told)
                """,
            log: "0 hold d/batch.ready: The batch was cancelled by Anna. To go on: heygem-watch retry d"),
        Scenario(
            "loose files may be cancelled",
            """
            0 copy a.wav, a.png
            10 cancel .
            """, renders: nil,
            gives: """
                open inbox: 2 files, is cancelled
                held The batch was cancelled by Anna. To go on: heygem-watch retry inbox
                """),
        Scenario(
            "when the last file of a cancelled batch has gone it is a batch like others",
            """
            0 copy d/a.wav
            4 cancel d
            20 gone d/a.wav
            30 copy d/b.wav, d/batch.ready
            """,
            gives: """
                37 close d
                half b = d/b.wav
                marker d/batch.ready
                """, log: "20 forget"),
        Scenario(
            "a cancelled batch that is cancelled again, and others that are resumed, stay as they are",
            """
            0 copy d/a.wav, e/b.wav, e/batch.ready
            4 cancel d
            5 cancel d
            5 resume e
            """,
            gives: """
                10 close e
                half b = e/b.wav
                marker e/batch.ready
                open d: 1 files, is cancelled
                \(told)
                """),
    ]
}
