extension Scenario {
    static let all =
        stems + defaults + points + names + markers + closing + late + withdrawn + loose + halves + table + voices
        + holding + proofs + grace
        + rest

    static let stems = [
        Scenario(
            "partners share the stem, and are rendered as soon as both have settled",
            "0 copy d/002-bob.mp3, d/002-bob.mp4, d/batch.ready", inAnyOrder: true,
            gives: """
                7 close d
                item 002-bob = d/002-bob.mp3 + d/002-bob.mp4
                marker d/batch.ready
                """,
            log: "2 render d/002-bob.mp3 + d/002-bob.mp4"),
        Scenario(
            "the second half comes later",
            """
            0 copy d/a.wav
            60 copy d/a.png
            """, inAnyOrder: true,
            gives: "open d: 2 files, waits for a marker", log: "62 render d/a.wav + d/a.png"),
        Scenario(
            "of several candidates the first in the order of endings, told in the note",
            "0 copy d/a.wav, d/a.png, d/a.jpg, d/a.MOV, d/batch.ready", inAnyOrder: true,
            gives: """
                7 close d
                item a = d/a.wav + d/a.MOV (a.png, a.jpg were not used: a.MOV comes first)
                marker d/batch.ready
                other d/a.jpg
                other d/a.png
                """),
        Scenario(
            "a better candidate that is still being copied is waited for",
            """
            0 copy d/a.wav, d/a.png
            0 new d/a.mp4
            20 set d/a.mp4
            """, inAnyOrder: true,
            gives: "open d: 3 files, waits for a marker", log: "20 render d/a.wav + d/a.mp4"),
        Scenario(
            "a better candidate ends the render of the one before",
            """
            0 copy d/a.wav, d/a.png
            10 copy d/a.mp4
            """, renders: .seconds(60), inAnyOrder: true,
            gives: "open d: 3 files, waits for a marker",
            log: """
                2 render d/a.wav + d/a.png
                10 end d/a.wav + d/a.png
                12 render d/a.wav + d/a.mp4
                """),
        Scenario(
            "the exact stem wins over one that differs in case, whatever the ending",
            "0 copy d/Anna.wav, d/anna.mp4, d/Anna.bmp, d/batch.ready", inAnyOrder: true,
            gives: """
                7 close d
                item Anna = d/Anna.wav + d/Anna.bmp (anna.mp4 was not used: Anna.bmp comes first)
                marker d/batch.ready
                other d/anna.mp4
                """),
        Scenario(
            "stems may differ in case",
            "0 copy d/ANNA.WAV, d/anna.Png, d/batch.ready", inAnyOrder: true,
            gives: """
                7 close d
                item ANNA = d/ANNA.WAV + d/anna.Png
                marker d/batch.ready
                """),
        Scenario(
            "stems may differ in how accents are encoded",
            "0 copy d/E\u{301}mile.wav, d/\u{c9}mile.png, d/batch.ready", inAnyOrder: true,
            gives: """
                7 close d
                item E\u{301}mile = d/E\u{301}mile.wav + d/\u{c9}mile.png
                marker d/batch.ready
                """),
        Scenario(
            "a stem goes to the last dot",
            "0 copy d/v1.2 final.wav, d/v1.2 final.png, d/v1.png, d/batch.ready", inAnyOrder: true,
            gives: """
                7 close d
                item v1.2 final = d/v1.2 final.wav + d/v1.2 final.png
                half v1 = d/v1.png
                marker d/batch.ready
                """),
        Scenario(
            "partners of one stem in different folders are none",
            "0 copy d/x/a.wav, d/y/a.png, d/batch.ready", inAnyOrder: true,
            gives: """
                7 close d
                half x/a = d/x/a.wav #x
                half y/a = d/y/a.png #y
                marker d/batch.ready
                """),
        Scenario(
            "one avatar serves all audios of its stem",
            "0 copy d/a.wav, d/A.mp3, d/a.png, d/batch.ready", inAnyOrder: true,
            gives: """
                7 close d
                item A = d/A.mp3 + d/a.png
                item a = d/a.wav + d/a.png
                marker d/batch.ready
                """),
    ]

    static let defaults = [
        Scenario(
            "avatar.* serves each audio without a partner, once the folder has been quiet",
            "0 copy d/avatar.png, d/1.wav, d/2.wav, d/2.png, d/batch.ready", inAnyOrder: true,
            gives: """
                8 close d
                item 1 = d/1.wav + d/avatar.png
                item 2 = d/2.wav + d/2.png
                marker d/batch.ready
                """,
            log: """
                2 render d/2.wav + d/2.png
                7 render d/1.wav + d/avatar.png
                """),
        Scenario(
            "the nearest avatar.* upwards, and folders are tags",
            """
            0 copy d/avatar.png, d/1.wav, d/vip/3.wav, d/vip/avatar.jpg
            0 copy d/vip/gold/4.wav, d/std/5.wav, d/batch.ready
            """, inAnyOrder: true,
            gives: """
                8 close d
                item 1 = d/1.wav + d/avatar.png
                item std/5 = d/std/5.wav + d/avatar.png #std
                item vip/3 = d/vip/3.wav + d/vip/avatar.jpg #vip
                item vip/gold/4 = d/vip/gold/4.wav + d/vip/avatar.jpg #vip;gold
                marker d/batch.ready
                """),
        Scenario(
            "the avatar.* of another folder is not upwards",
            "0 copy d/x/avatar.png, d/y/1.wav, d/x/2.wav, d/batch.ready", inAnyOrder: true,
            gives: """
                8 close d
                item x/2 = d/x/2.wav + d/x/avatar.png #x
                half y/1 = d/y/1.wav #y
                marker d/batch.ready
                """),
        Scenario(
            "avatar.* of the loose files is not for folders",
            "0 copy avatar.png, d/1.wav, d/batch.ready", inAnyOrder: true,
            gives: """
                7 close d
                half 1 = d/1.wav
                marker d/batch.ready
                open inbox: 1 files, waits for a marker
                """),
        Scenario(
            "a closer avatar.* takes over, also from one whose render has ended",
            """
            0 copy d/avatar.png, d/x/1.wav
            20 copy d/x/Avatar.mp4
            20 copy d/batch.ready
            """, inAnyOrder: true,
            gives: """
                28 close d
                item x/1 = d/x/1.wav + d/x/Avatar.mp4 #x
                marker d/batch.ready
                other d/avatar.png
                """,
            log: """
                7 render d/x/1.wav + d/avatar.png
                27 render d/x/1.wav + d/x/Avatar.mp4
                """),
        Scenario(
            "a closer avatar.* that goes again gives way to the one above",
            """
            0 copy d/avatar.png, d/x/1.wav, d/x/avatar.png
            20 gone d/x/avatar.png
            """,
            renders: nil,
            gives: "open d: 2 files, waits for a marker",
            log: """
                7 render d/x/1.wav + d/x/avatar.png
                20 end d/x/1.wav + d/x/avatar.png
                25 render d/x/1.wav + d/avatar.png
                """),
        Scenario(
            "a partner that comes before the folder is quiet spares the default's render",
            """
            0 copy d/avatar.png, d/1.wav
            5 copy d/1.png
            """, inAnyOrder: true,
            gives: "open d: 3 files, waits for a marker", log: "7 render d/1.wav + d/1.png"),
        Scenario(
            "as long as files keep coming no default pair starts, and pairs by stem do",
            """
            0 copy d/avatar.png, d/1.wav
            4 copy d/2.wav
            8 copy d/3.wav, d/3.png
            12 copy d/4.wav
            """, inAnyOrder: true,
            gives: "open d: 6 files, waits for a marker",
            log: """
                10 render d/3.wav + d/3.png
                19 render d/1.wav + d/avatar.png
                19 render d/2.wav + d/avatar.png
                19 render d/4.wav + d/avatar.png
                """),
        Scenario(
            "a file that is still being copied keeps the folder from being quiet",
            """
            0 copy d/avatar.png, d/1.wav
            1 new d/2.wav
            60 set d/2.wav
            """, inAnyOrder: true,
            gives: "open d: 3 files, waits for a marker",
            log: """
                65 render d/1.wav + d/avatar.png
                65 render d/2.wav + d/avatar.png
                """),
        Scenario(
            "of several avatar.* the first in the order of endings, told in the note",
            "0 copy d/avatar.jpg, d/avatar.png, d/1.wav, d/batch.ready", inAnyOrder: true,
            gives: """
                8 close d
                item 1 = d/1.wav + d/avatar.png (avatar.jpg was not used: avatar.png comes first)
                marker d/batch.ready
                other d/avatar.jpg
                """),
        Scenario(
            "avatar.wav and avatar.png are partners by stem",
            "0 copy d/avatar.wav, d/avatar.png, d/batch.ready", inAnyOrder: true,
            gives: """
                7 close d
                item avatar = d/avatar.wav + d/avatar.png
                marker d/batch.ready
                """,
            log: "2 render d/avatar.wav + d/avatar.png"),
        Scenario(
            "an avatar.* that nobody needs is archived and no half",
            "0 copy d/avatar.png, d/1.wav, d/1.png, d/batch.ready", inAnyOrder: true,
            gives: """
                7 close d
                item 1 = d/1.wav + d/1.png
                marker d/batch.ready
                other d/avatar.png
                """),
        Scenario(
            "a changed avatar.* renders all of its items anew",
            """
            0 copy d/avatar.png, d/1.wav, d/2.wav
            20 copy d/avatar.png
            """,
            gives: "open d: 3 files, waits for a marker",
            log: """
                7 render d/1.wav + d/avatar.png
                7 render d/2.wav + d/avatar.png
                27 render d/1.wav + d/avatar.png
                27 render d/2.wav + d/avatar.png
                """),
    ]

    static let points = [
        Scenario(
            "<stem>.face.json beside the avatar are its points",
            "0 copy d/1.wav, d/1.mp4, d/1.face.json, d/2.wav, d/avatar.png, d/Avatar.face.json, d/batch.ready",
            inAnyOrder: true,
            gives: """
                8 close d
                item 1 = d/1.wav + d/1.mp4 + d/1.face.json
                item 2 = d/2.wav + d/avatar.png + d/Avatar.face.json
                marker d/batch.ready
                """),
        Scenario(
            "changed points render anew",
            """
            0 copy d/1.wav, d/1.mp4, d/1.face.json
            20 copy d/1.face.json
            """, renders: nil,
            gives: "open d: 3 files, waits for a marker",
            log: """
                2 render d/1.wav + d/1.mp4
                20 end d/1.wav + d/1.mp4
                22 render d/1.wav + d/1.mp4
                """),
        Scenario(
            "points that go render anew",
            """
            0 copy d/1.wav, d/1.mp4, d/1.face.json
            20 gone d/1.face.json
            20 copy d/batch.ready
            """,
            gives: """
                27 close d
                item 1 = d/1.wav + d/1.mp4
                marker d/batch.ready
                """),
        Scenario(
            "points without a used avatar are archived",
            "0 copy d/1.wav, d/1.png, d/2.face.json, d/batch.ready", inAnyOrder: true,
            gives: """
                7 close d
                item 1 = d/1.wav + d/1.png
                marker d/batch.ready
                other d/2.face.json
                """),
    ]

    static let names = [
        Scenario(
            "a.wav and a.mp3 are two items, named with their endings",
            "0 copy d/a.wav, d/a.mp3, d/a.png, d/batch.ready", inAnyOrder: true,
            gives: """
                7 close d
                item a.mp3 = d/a.mp3 + d/a.png
                item a.wav = d/a.wav + d/a.png
                marker d/batch.ready
                """),
        Scenario(
            "a stem that is another file's whole name is no name",
            "0 copy d/a.wav, d/a.mp3, d/a.wav.ogg, d/avatar.png, d/batch.ready", inAnyOrder: true,
            gives: """
                8 close d
                item a.mp3 = d/a.mp3 + d/avatar.png
                item a.wav = d/a.wav + d/avatar.png
                item a.wav.ogg = d/a.wav.ogg + d/avatar.png
                marker d/batch.ready
                """),
        Scenario(
            "items come in natural order, a folder's together",
            "0 copy d/10.wav, d/9.wav, d/B.wav, d/a 2.wav, d/a/1.wav, d/avatar.png, d/batch.ready",
            gives: """
                8 close d
                item 9 = d/9.wav + d/avatar.png
                item 10 = d/10.wav + d/avatar.png
                item a/1 = d/a/1.wav + d/avatar.png #a
                item a 2 = d/a 2.wav + d/avatar.png
                item B = d/B.wav + d/avatar.png
                marker d/batch.ready
                """),
        Scenario(
            "unknown endings, names without ending and manifests are told apart",
            "0 copy d/a.wav, d/a.png, d/notes.xyz, d/README, d/items.csv, d/SHA256SUMS, d/x/items.csv, d/batch.ready",
            gives: """
                7 close d
                item a = d/a.wav + d/a.png
                marker d/batch.ready
                manifest d/SHA256SUMS
                manifest d/items.csv
                other d/README
                other d/notes.xyz
                other d/x/items.csv
                """),
        Scenario(
            "names that shells and Windows dislike are names like others",
            "0 copy d/-rf.wav, d/CON.wav, d/a:b.wav, d/it's \"so\".wav, d/你好 😀.wav, d/avatar.png, d/batch.ready",
            gives: """
                8 close d
                item -rf = d/-rf.wav + d/avatar.png
                item a:b = d/a:b.wav + d/avatar.png
                item CON = d/CON.wav + d/avatar.png
                item it's "so" = d/it's "so".wav + d/avatar.png
                item 你好 😀 = d/你好 😀.wav + d/avatar.png
                marker d/batch.ready
                """),
    ]
}
