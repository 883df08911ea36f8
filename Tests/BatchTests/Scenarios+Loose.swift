extension Scenario {
    static let loose = [
        Scenario(
            "loose files are the batch inbox, closed by batch.ready at the top",
            "0 copy hello.wav, hello.png, batch.ready", inAnyOrder: true,
            gives: """
                7 close inbox
                item hello = hello.wav + hello.png
                marker batch.ready
                """),
        Scenario(
            "loose files have an avatar.* too",
            "0 copy hello.wav, avatar.png, batch.ready", inAnyOrder: true,
            gives: """
                8 close inbox
                item hello = hello.wav + avatar.png
                marker batch.ready
                """),
        Scenario(
            "batch.ready at the top is for no folder",
            "0 copy batch.ready, d/a.wav, d/a.png", inAnyOrder: true,
            gives: """
                open d: 2 files, waits for a marker
                open inbox: 1 files, has a marker, and waits for audio and avatar files
                """),
        Scenario(
            "monday.batch closes the folder monday/",
            "0 copy monday.batch, monday/a.wav, monday/a.png, b.wav", inAnyOrder: true,
            gives: """
                7 close monday
                item a = monday/a.wav + monday/a.png
                marker monday.batch
                open inbox: 1 files, waits for a marker
                """),
        Scenario(
            "monday.batch without a folder closes the loose files as monday",
            "0 copy monday.batch.txt, a.wav, a.png, tuesday/b.wav", inAnyOrder: true,
            gives: """
                7 close monday
                item a = a.wav + a.png
                marker monday.batch.txt
                open tuesday: 1 files, waits for a marker
                """),
        Scenario(
            "a folder that comes after its marker takes it over",
            """
            0 copy monday.batch, a.wav, a.png
            4 copy monday/b.wav, monday/b.png
            """,
            gives: """
                36 close monday
                item b = monday/b.wav + monday/b.png
                marker monday.batch
                open inbox: 2 files, waits for a marker
                """),
        Scenario(
            "a folder that goes leaves its marker to the loose files",
            """
            0 copy monday.batch, a.wav, a.png, monday/b.wav
            4 gone monday/b.wav
            """,
            gives: """
                9 close monday
                item a = a.wav + a.png
                marker monday.batch
                """),
        Scenario(
            "monday.batch beside a marker of the folder's own counts once",
            "0 copy monday.batch, monday/batch.ready, monday/a.wav, monday/a.png", inAnyOrder: true,
            gives: """
                7 close monday
                item a = monday/a.wav + monday/a.png
                marker monday.batch
                marker monday/batch.ready
                """),
        Scenario(
            "a marker means the folder that is spelled like it, else one that differs in case",
            "0 copy Monday.batch, MONDAY/a.wav, Monday/a.wav, tue.batch, Tue/a.wav",
            gives: """
                7 close Monday
                half a = Monday/a.wav
                marker Monday.batch
                7 close Tue
                half a = Tue/a.wav
                marker tue.batch
                open MONDAY: 1 files, waits for a marker
                """),
        Scenario(
            "of several markers of loose files the first in byte order gives the name",
            "0 copy b.batch, a.batch, x.wav", inAnyOrder: true,
            gives: """
                7 close a
                half x = x.wav
                marker a.batch
                marker b.batch
                """),
    ]

    static let halves = [
        Scenario(
            "an audio and an avatar without partners are halves",
            "0 copy d/a.wav, d/b.png, d/c.wav, d/c.png, d/batch.ready", inAnyOrder: true,
            gives: """
                7 close d
                item c = d/c.wav + d/c.png
                half a = d/a.wav
                half b = d/b.png
                marker d/batch.ready
                """),
        Scenario(
            "an avatar.* without any audio is a half",
            "0 copy d/avatar.png, d/batch.ready", inAnyOrder: true,
            gives: """
                7 close d
                half avatar = d/avatar.png
                marker d/batch.ready
                """),
        Scenario(
            "halves of one stem are named with their endings",
            "0 copy d/a.png, d/a.mp4, d/batch.ready", inAnyOrder: true,
            gives: """
                7 close d
                half a.mp4 = d/a.mp4
                half a.png = d/a.png
                marker d/batch.ready
                """),
        Scenario(
            "a half whose partner comes within the grace is none",
            """
            0 copy d/a.wav, d/batch.ready
            6 copy d/a.png
            """,
            gives: """
                38 close d
                item a = d/a.wav + d/a.png
                marker d/batch.ready
                """),
        Scenario(
            "the avatar of a withdrawn audio is a half",
            """
            0 copy d/a.wav, d/a.png, d/b.wav
            5 gone d/a.wav
            5 copy d/batch.ready
            """,
            gives: """
                12 close d
                half a = d/a.png
                half b = d/b.wav
                marker d/batch.ready
                """),
    ]
}
