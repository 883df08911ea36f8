import Batch

/// `items.csv`.
extension Scenario {
    static let table = tableRows + tableNames + tableFaults

    static let tableRows = [
        Scenario(
            "items.csv beats partners by stem and avatar.*",
            """
            0 copy d/a.wav, d/a.png, d/b.wav, d/face.mp4, d/avatar.png, d/batch.ready
            0 write d/items.csv: audio,avatar|a.wav,face.mp4|b.wav,face.mp4
            """, inAnyOrder: true,
            gives: """
                7 close d
                item a = d/a.wav + d/face.mp4 (a.png was not used: items.csv names face.mp4)
                item b = d/b.wav + d/face.mp4
                marker d/batch.ready
                manifest d/items.csv
                other d/a.png
                other d/avatar.png
                """,
            log: """
                2 render d/a.wav + d/face.mp4
                2 render d/b.wav + d/face.mp4
                """),
        Scenario(
            "nothing starts while items.csv is being copied",
            """
            0 copy d/a.wav, d/a.png, d/b.png
            0 new d/items.csv
            30 write d/items.csv: audio,avatar|a.wav,b.png
            """,
            gives: "open d: 4 files, waits for a marker", log: "32 render d/a.wav + d/b.png"),
        Scenario(
            "a row without avatar falls back to the other rules",
            """
            0 copy d/a.wav, d/a.png, d/b.wav, d/avatar.png, d/batch.ready
            0 write d/items.csv: audio,avatar,tags|a.wav,,x|b.wav,,y
            """, inAnyOrder: true,
            gives: """
                8 close d
                item a = d/a.wav + d/a.png #x
                item b = d/b.wav + d/avatar.png #y
                marker d/batch.ready
                manifest d/items.csv
                """),
        Scenario(
            "rows name files in deeper folders, with / or \\",
            """
            0 copy d/vip/a.wav, d/faces/x.png, d/std/b.wav, d/batch.ready
            0 write d/items.csv: audio;avatar|vip/a.wav;faces/x.png|std\\b.wav;faces\\x.png
            """, inAnyOrder: true,
            gives: """
                7 close d
                item std/b = d/std/b.wav + d/faces/x.png #std
                item vip/a = d/vip/a.wav + d/faces/x.png #vip
                marker d/batch.ready
                manifest d/items.csv
                """),
        Scenario(
            "rows may differ from the files in case and in how accents are encoded",
            """
            0 copy d/VIP/E\u{301}mile.WAV, d/Face.PNG, d/batch.ready
            0 write d/items.csv: Audio,Avatar|vip/\u{c9}mile.wav,face.png
            """, inAnyOrder: true,
            gives: """
                7 close d
                item VIP/E\u{301}mile = d/VIP/E\u{301}mile.WAV + d/Face.PNG #VIP
                marker d/batch.ready
                manifest d/items.csv
                """),
        Scenario(
            "a row that is spelled like the file wins over one that differs in case",
            """
            0 copy d/a.wav, d/A.wav, d/1.png, d/2.png, d/3.png, d/3.PNG, d/batch.ready
            0 write d/items.csv: audio,avatar|A.wav,1.png|a.wav,3.png
            """, inAnyOrder: true,
            gives: """
                7 close d
                item A = d/A.wav + d/1.png
                item a = d/a.wav + d/3.png
                half 2 = d/2.png
                half 3.PNG = d/3.PNG
                marker d/batch.ready
                manifest d/items.csv
                """),
        Scenario(
            "a named avatar brings its points",
            """
            0 copy d/a.wav, d/x/face.mp4, d/x/face.face.json, d/batch.ready
            0 write d/items.csv: audio,avatar|a.wav,x/face.mp4
            20 copy d/x/face.face.json
            """,
            gives: """
                7 close d
                item a = d/a.wav + d/x/face.mp4 + d/x/face.face.json
                marker d/batch.ready
                manifest d/items.csv
                open d: 1 files, waits for a marker
                """),
        Scenario(
            "changed points of a named avatar render anew",
            """
            0 copy d/a.wav, d/x/face.mp4
            0 write d/items.csv: audio,avatar|a.wav,x/face.mp4
            20 copy d/x/face.face.json
            """, renders: .seconds(60),
            gives: "open d: 4 files, waits for a marker",
            log: """
                2 render d/a.wav + d/x/face.mp4
                20 end d/a.wav + d/x/face.mp4
                22 render d/a.wav + d/x/face.mp4
                """),
        Scenario(
            "a changed items.csv ends only the renders that it changes",
            """
            0 copy d/a.wav, d/a.png, d/b.wav, d/b.png, d/c.wav, d/c.png
            10 write d/items.csv: audio,avatar|a.wav,b.png|b.wav,b.png
            20 write d/items.csv: audio,avatar|a.wav,b.png
            """, renders: .seconds(600),
            gives: "open d: 7 files, waits for a marker",
            log: """
                2 render d/a.wav + d/a.png
                2 render d/b.wav + d/b.png
                2 render d/c.wav + d/c.png
                12 end d/a.wav + d/a.png
                12 render d/a.wav + d/b.png
                """),
        Scenario(
            "an items.csv that goes leaves the names to pair",
            """
            0 copy d/a.wav, d/a.png, d/b.png
            0 write d/items.csv: audio,avatar|a.wav,b.png
            20 gone d/items.csv
            """, renders: nil,
            gives: "open d: 3 files, waits for a marker",
            log: """
                2 render d/a.wav + d/b.png
                20 end d/a.wav + d/b.png
                20 render d/a.wav + d/a.png
                """),
        Scenario(
            "a default pair that items.csv names too goes on",
            """
            0 copy d/audio.wav, d/x.png
            20 write d/items.csv: audio,avatar|audio.wav,x.png
            """, renders: .seconds(60),
            gives: "open d: 3 files, waits for a marker", log: "7 render d/audio.wav + d/x.png"),
        Scenario(
            "loose files have an items.csv too, and one of a deeper folder does not count",
            """
            0 copy a.wav, b.png, d/x/a.wav, d/x/b.png, batch.ready, d/batch.ready
            0 write items.csv: audio,avatar|a.wav,b.png
            0 write d/x/items.csv: audio,avatar|a.wav,b.png
            """,
            gives: """
                7 close inbox
                item a = a.wav + b.png
                marker batch.ready
                manifest items.csv
                7 close d
                half x/a = d/x/a.wav #x
                half x/b = d/x/b.png #x
                marker d/batch.ready
                other d/x/items.csv
                """),
        Scenario(
            "of ITEMS.CSV and items.csv the one that is spelled so counts",
            """
            0 copy d/a.wav, d/a.png, d/b.png, d/batch.ready
            0 write d/ITEMS.CSV: audio,avatar|a.wav,a.png
            0 write d/items.csv: audio,avatar|a.wav,b.png
            """, inAnyOrder: true,
            gives: """
                7 close d
                item a = d/a.wav + d/b.png (a.png was not used: items.csv names b.png)
                marker d/batch.ready
                manifest d/ITEMS.CSV
                manifest d/items.csv
                other d/a.png
                """),
    ]

    static let tableNames = [
        Scenario(
            "names of items.csv are the items', with / where they say so",
            """
            0 copy d/1.wav, d/2.wav, d/3.wav, d/avatar.png, d/batch.ready
            0 write d/items.csv: audio,name|1.wav,Anna Müller|2.wav,north/Bob
            """, inAnyOrder: true,
            gives: """
                8 close d
                item 3 = d/3.wav + d/avatar.png
                item Anna Müller = d/1.wav + d/avatar.png
                item north/Bob = d/2.wav + d/avatar.png
                marker d/batch.ready
                manifest d/items.csv
                """),
        Scenario(
            "an item whose name is another's in items.csv gets its ending",
            """
            0 copy d/a.wav, d/b.wav, d/avatar.png, d/batch.ready
            0 write d/items.csv: audio,name|a.wav,b
            """, inAnyOrder: true,
            gives: """
                8 close d
                item b = d/a.wav + d/avatar.png
                item b.wav = d/b.wav + d/avatar.png (called b.wav, for another item has the shorter name)
                marker d/batch.ready
                manifest d/items.csv
                """),
        Scenario(
            "and a number where that is taken as well",
            """
            0 copy d/a.wav, d/b.wav, d/c.wav, d/avatar.png, d/batch.ready
            0 write d/items.csv: audio,name|a.wav,b|c.wav,b.wav
            """, inAnyOrder: true,
            gives: """
                8 close d
                item b = d/a.wav + d/avatar.png
                item b.wav = d/c.wav + d/avatar.png
                item b.wav (2) = d/b.wav + d/avatar.png (called b.wav (2), for another item has the shorter name)
                marker d/batch.ready
                manifest d/items.csv
                """),
        Scenario(
            "tags: folders, then items.csv, then the marker, each once",
            """
            0 copy d/north/vip/1.wav, d/avatar.png, d/2.wav, d/2.png, d/north/3.png
            0 write d/items.csv: audio,tags|north/vip/1.wav,"gold,north"
            0 write d/batch.ready: tags: [july, gold]
            """, inAnyOrder: true,
            gives: """
                8 close d
                item 2 = d/2.wav + d/2.png #july;gold
                item north/vip/1 = d/north/vip/1.wav + d/avatar.png #north;vip;gold;july
                half north/3 = d/north/3.png #north;july;gold
                marker d/batch.ready
                manifest d/items.csv
                """),
        Scenario(
            "an audio whose row names a foreign file is a half, called as the row says",
            """
            0 copy d/a.wav, d/a.heic, d/avatar.png, d/batch.ready
            0 write d/items.csv: audio,avatar,name,tags|a.wav,a.heic,Anna,x
            """, inAnyOrder: true,
            gives: """
                7 close d
                half a.heic = d/a.heic (it is an HEIC picture, as iPhones take them)
                half Anna = d/a.wav #x
                marker d/batch.ready
                manifest d/items.csv
                other d/avatar.png
                """),
    ]

    static let tableFaults = [
        Scenario(
            "a bad row holds the batch, with its line",
            """
            0 copy d/a.wav, d/a.png, d/batch.ready
            0 write d/items.csv: audio,avatar|a.wav,../b.png
            """, inAnyOrder: true,
            gives: """
                open d: 4 files, is held until it is mended
                held d/items.csv: line 2: “../b.png” leads out of the batch's folder. Correct it, or remove it.
                """),
        Scenario(
            "a mended items.csv releases it",
            """
            0 copy d/a.wav, d/a.png, d/batch.ready
            0 write d/items.csv: audio,avatar|,a.png
            60 write d/items.csv: audio,avatar|a.wav,a.png
            """,
            gives: """
                92 close d
                item a = d/a.wav + d/a.png
                marker d/batch.ready
                manifest d/items.csv
                """,
            log: """
                2 hold d/batch.ready: d/items.csv: line 2: the audio is missing. Correct it, or remove it.
                62 render d/a.wav + d/a.png
                62 release d/batch.ready
                """),
        Scenario(
            "a removed items.csv releases it",
            """
            0 copy d/a.wav, d/a.png, d/batch.ready
            0 write d/items.csv: nonsense
            60 gone d/items.csv
            """,
            gives: """
                90 close d
                item a = d/a.wav + d/a.png
                marker d/batch.ready
                """),
        Scenario(
            "a render goes on while items.csv is bad",
            """
            0 copy d/a.wav, d/a.png, d/b.png
            10 write d/items.csv: nonsense
            60 write d/items.csv: audio,avatar|a.wav,a.png
            """, renders: .seconds(600),
            gives: "open d: 4 files, waits for a marker", log: "2 render d/a.wav + d/a.png"),
        Scenario(
            "a row whose files are not there is told when all is quiet and a marker is there",
            """
            0 copy d/a.wav, d/a.png, d/batch.ready
            0 write d/items.csv: audio,avatar|a.wav,a.png|b.wav,x/b.png
            """, inAnyOrder: true,
            gives: """
                open d: 4 files, is held until it is mended
                held d/items.csv: line 3: there is no file b.wav; line 3: there is no file x/b.png. Correct it, or remove it.
                """),
        Scenario(
            "and not before there is a marker",
            """
            0 copy d/a.wav, d/a.png
            0 write d/items.csv: audio,avatar|a.wav,a.png|b.wav,b.png
            """,
            gives: "open d: 3 files, waits for a marker", log: "2 render d/a.wav + d/a.png"),
        Scenario(
            "files that come after all release it",
            """
            0 copy d/a.wav, d/a.png, d/batch.ready
            0 write d/items.csv: audio,avatar|a.wav,b.png
            60 copy d/b.png
            """,
            gives: """
                92 close d
                item a = d/a.wav + d/b.png (a.png was not used: items.csv names b.png)
                marker d/batch.ready
                manifest d/items.csv
                other d/a.png
                """,
            log: """
                7 hold d/batch.ready: d/items.csv: line 2: there is no file b.png. Correct it, or remove it.
                60 release d/batch.ready
                62 render d/a.wav + d/b.png
                """),
        Scenario(
            "what is still missing is told anew when it is quiet again",
            """
            0 copy d/a.wav, d/batch.ready
            0 write d/items.csv: audio|a.wav|b.wav|c.wav|d.wav|e.wav
            60 copy d/b.wav
            """,
            gives: """
                open d: 4 files, is held until it is mended
                held d/items.csv: line 4: there is no file c.wav; line 5: there is no file d.wav; line 6: there is no file e.wav. \
                Correct it, or remove it.
                """,
            log: """
                7 hold d/batch.ready: d/items.csv: line 3: there is no file b.wav; line 4: there is no file c.wav; \
                line 5: there is no file d.wav; and 1 more. Correct it, or remove it.
                92 hold d/batch.ready: d/items.csv: line 4: there is no file c.wav; line 5: there is no file d.wav; \
                line 6: there is no file e.wav. Correct it, or remove it.
                """),
        Scenario(
            "a row that takes a picture for an audio, or an audio for a picture, is told",
            """
            0 copy d/a.wav, d/a.png, d/batch.ready
            0 write d/items.csv: audio,avatar|a.png,a.wav
            """, inAnyOrder: true,
            gives: """
                open d: 4 files, is held until it is mended
                held d/items.csv: line 2: a.png is not an audio file; line 2: a.wav is not a picture or video. \
                Correct it, or remove it.
                """),
        Scenario(
            "a file removed that items.csv names holds the batch",
            """
            0 copy d/a.wav, d/a.png, d/b.wav, d/b.png, d/batch.ready
            0 write d/items.csv: audio,avatar|a.wav,b.png|b.wav,b.png
            4 gone d/b.wav
            """,
            gives: """
                open d: 5 files, is held until it is mended
                held d/items.csv: line 3: there is no file b.wav. Correct it, or remove it.
                """),
    ]
}
