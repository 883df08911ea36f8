extension Scenario {
    static let markers = [
        Scenario(
            "a folder without a marker is rendered and stays open",
            "0 copy d/a.wav, d/a.png", inAnyOrder: true,
            gives: "open d: 2 files, waits for a marker", log: "2 render d/a.wav + d/a.png"),
        Scenario(
            "a marker without members waits",
            "0 copy d/batch.ready",
            gives: "open d: 1 files, has a marker, and waits for audio and avatar files"),
        Scenario(
            "a marker with nothing but unknown endings waits",
            "0 copy d/batch.ready, d/notes.xyz, d/1.face.json", inAnyOrder: true,
            gives: "open d: 3 files, has a marker, and waits for audio and avatar files"),
        Scenario(
            "a marker that waited closes what comes",
            """
            0 copy d/batch.ready
            100 copy d/a.wav, d/a.png
            """,
            gives: """
                132 close d
                item a = d/a.wav + d/a.png
                marker d/batch.ready
                """),
        Scenario(
            "a folder in which a file grows under a temporary name is not quiet: what it becomes still belongs to it",
            """
            0 copy d/a.wav, d/a.png, d/batch.ready
            6 stir d/.b.wav.Xk3, e/.c.wav.q1
            35 stir d/.b.wav.Xk3
            60 copy d/b.wav
            """,
            gives: """
                92 close d
                item a = d/a.wav + d/a.png
                half b = d/b.wav
                marker d/batch.ready
                """),
        Scenario(
            "Windows adds .txt, and case does not matter",
            "0 copy d/a.wav, d/a.png, d/Batch.Ready.TXT, e/a.wav, e/a.png, e/Go.BATCH.txt, f/a.wav, f/a.png, f/go.batch",
            gives: """
                7 close d
                item a = d/a.wav + d/a.png
                marker d/Batch.Ready.TXT
                7 close e
                item a = e/a.wav + e/a.png
                marker e/Go.BATCH.txt
                7 close f
                item a = f/a.wav + f/a.png
                marker f/go.batch
                """),
        Scenario(
            "several markers count as one",
            """
            0 copy d/a.wav, d/a.png, d/batch.ready, d/x.batch
            4 copy d/batch.ready.txt
            """, inAnyOrder: true,
            gives: """
                11 close d
                item a = d/a.wav + d/a.png
                marker d/batch.ready
                marker d/batch.ready.txt
                marker d/x.batch
                """),
        Scenario(
            "a marker that lies deeper is ignored and archived",
            "0 copy d/a.wav, d/a.png, d/vip/batch.ready, d/vip/deep/x.batch", inAnyOrder: true,
            gives: "open d: 4 files, waits for a marker"),
        Scenario(
            "a marker that lies deeper goes with the batch",
            "0 copy d/a.wav, d/a.png, d/vip/batch.ready, d/batch.ready", inAnyOrder: true,
            gives: """
                7 close d
                item a = d/a.wav + d/a.png
                marker d/batch.ready
                other d/vip/batch.ready
                """),
        Scenario(
            "a marker that is still being written closes nothing",
            """
            0 copy d/a.wav, d/a.png
            0 new d/batch.ready
            """,
            gives: "open d: 3 files, waits for 1 file that is still being copied"),
        Scenario(
            "a marker written again settles again, and is no change after itself",
            """
            0 copy d/a.wav, d/a.png, d/batch.ready
            6 copy d/batch.ready
            """,
            gives: """
                13 close d
                item a = d/a.wav + d/a.png
                marker d/batch.ready
                """),
    ]

    static let closing = [
        Scenario(
            "long renders are waited for, and then nothing more",
            """
            0 copy d/a.wav, d/a.png, d/b.wav, d/b.png, d/batch.ready
            50 end d/a.wav
            90 end d/b.wav
            """, renders: nil,
            gives: """
                90 close d
                item a = d/a.wav + d/a.png
                item b = d/b.wav + d/b.png
                marker d/batch.ready
                """),
        Scenario(
            "a batch waits for each of its renders",
            """
            0 copy d/a.wav, d/a.png, d/b.wav, d/b.png, d/batch.ready
            50 end d/a.wav
            """, renders: nil, gives: "open d: 5 files, waits for 1 video"),
        Scenario(
            "a member that is still being copied is waited for",
            """
            0 copy d/a.wav, d/a.png, d/batch.ready
            0 new d/b.wav, d/b.png
            40 set d/b.wav
            50 set d/b.png
            """,
            gives: """
                55 close d
                item a = d/a.wav + d/a.png
                item b = d/b.wav + d/b.png
                marker d/batch.ready
                """),
        Scenario(
            "an unknown ending that is still being copied is waited for",
            """
            0 copy d/a.wav, d/a.png, d/batch.ready
            0 new d/huge.iso, d/huge.img
            """,
            gives: "open d: 5 files, waits for 2 files that are still being copied"),
        Scenario(
            "the first scan: marker and members of one instant came together",
            """
            0 new d/a.wav, d/a.png, d/batch.ready
            4 set d/batch.ready
            5 set d/a.png
            6 set d/a.wav
            """,
            gives: """
                11 close d
                item a = d/a.wav + d/a.png
                marker d/batch.ready
                """),
        Scenario(
            "batches close apart from each other",
            """
            0 copy d/a.wav, d/a.png, d/batch.ready
            0 copy e/a.wav, e/a.png
            3 copy e/batch.ready
            """,
            gives: """
                7 close d
                item a = d/a.wav + d/a.png
                marker d/batch.ready
                10 close e
                item a = e/a.wav + e/a.png
                marker e/batch.ready
                """),
        Scenario(
            "a batch that cannot close keeps no other from closing",
            """
            0 copy d/a.wav, d/a.png, d/batch.ready, e/a.wav, e/a.png, e/batch.ready
            0 new d/b.wav
            """,
            gives: """
                7 close e
                item a = e/a.wav + e/a.png
                marker e/batch.ready
                open d: 4 files, waits for 1 file that is still being copied
                """),
        Scenario(
            "events after the close are another batch",
            """
            0 copy d/a.wav, d/a.png, d/batch.ready
            20 copy d/b.wav
            """,
            gives: """
                7 close d
                item a = d/a.wav + d/a.png
                marker d/batch.ready
                open d: 1 files, waits for a marker
                """),
        Scenario(
            "moving the inputs away after the close changes nothing",
            """
            0 copy d/a.wav, d/a.png, d/batch.ready
            20 gone d/a.wav, d/a.png, d/batch.ready
            """,
            gives: """
                7 close d
                item a = d/a.wav + d/a.png
                marker d/batch.ready
                """),
        Scenario(
            "a folder may be delivered again and again",
            """
            0 copy d/a.wav, d/a.png, d/batch.ready
            20 gone d/a.wav, d/a.png, d/batch.ready
            40 copy d/a.wav, d/a.png, d/batch.ready
            """,
            gives: """
                7 close d
                item a = d/a.wav + d/a.png
                marker d/batch.ready
                47 close d
                item a = d/a.wav + d/a.png
                marker d/batch.ready
                """),
        Scenario(
            "the same paths with new content before the old were moved are the next batch",
            """
            0 copy d/a.wav, d/a.png, d/batch.ready
            20 copy d/a.wav
            """,
            gives: """
                7 close d
                item a = d/a.wav + d/a.png
                marker d/batch.ready
                open d: 1 files, waits for a marker
                """),
    ]

    static let late = [
        Scenario(
            "a file after the marker: quiet for the late grace",
            """
            0 copy d/a.wav, d/a.png
            0 copy d/batch.ready
            3 copy d/b.wav, d/b.png
            """,
            gives: """
                35 close d
                item a = d/a.wav + d/a.png
                item b = d/b.wav + d/b.png
                marker d/batch.ready
                """),
        Scenario(
            "each file after the marker starts the late grace anew",
            """
            0 copy d/a.wav, d/a.png, d/batch.ready
            3 copy d/b.wav
            30 copy d/b.png
            """,
            gives: """
                62 close d
                item a = d/a.wav + d/a.png
                item b = d/b.wav + d/b.png
                marker d/batch.ready
                """),
        Scenario(
            "a file removed after the marker: quiet for the late grace",
            """
            0 copy d/a.wav, d/a.png, d/b.wav, d/batch.ready
            3 gone d/b.wav
            """,
            gives: """
                33 close d
                item a = d/a.wav + d/a.png
                marker d/batch.ready
                """),
        Scenario(
            "a file that is written on after the marker: quiet for the late grace",
            """
            0 new d/a.wav, d/a.png
            1 copy d/batch.ready
            5 new d/a.wav
            9 set d/a.wav, d/a.png
            """,
            gives: """
                39 close d
                item a = d/a.wav + d/a.png
                marker d/batch.ready
                """),
        Scenario(
            "a file that only settles after the marker is not late",
            """
            0 new d/a.wav, d/a.png
            1 copy d/batch.ready
            3 set d/a.wav, d/a.png
            """,
            gives: """
                8 close d
                item a = d/a.wav + d/a.png
                marker d/batch.ready
                """),
        Scenario(
            "a marker that is dropped again is the newer one",
            """
            0 copy d/a.wav, d/a.png, d/batch.ready
            3 copy d/b.wav, d/b.png
            6 gone d/batch.ready
            8 copy d/batch.ready
            """,
            gives: """
                15 close d
                item a = d/a.wav + d/a.png
                item b = d/b.wav + d/b.png
                marker d/batch.ready
                """),
    ]

    static let withdrawn = [
        Scenario(
            "a file removed before closing ends its render",
            """
            0 copy d/a.wav, d/a.png, d/b.wav
            10 gone d/a.wav
            """, renders: nil,
            gives: "open d: 2 files, waits for a marker",
            log: """
                2 render d/a.wav + d/a.png
                10 end d/a.wav + d/a.png
                """),
        Scenario(
            "an avatar removed before closing ends its renders",
            """
            0 copy d/a.wav, d/a.png
            10 gone d/a.png
            """, renders: nil,
            gives: "open d: 1 files, waits for a marker",
            log: """
                2 render d/a.wav + d/a.png
                10 end d/a.wav + d/a.png
                """),
        Scenario(
            "a marker removed before closing withdraws it",
            """
            0 copy d/a.wav, d/a.png, d/batch.ready
            6 gone d/batch.ready
            """,
            gives: "open d: 2 files, waits for a marker"),
        Scenario(
            "a folder that goes as a whole leaves nothing",
            """
            0 copy d/a.wav, d/a.png, d/batch.ready, d/x/1.wav, d/avatar.png
            6 gone d/a.wav, d/a.png, d/batch.ready, d/x/1.wav, d/avatar.png
            """, inAnyOrder: true, gives: ""),
        Scenario(
            "a file that changes while it is rendered is rendered anew",
            """
            0 copy d/a.wav, d/a.png
            10 copy d/a.wav
            """, renders: .seconds(30),
            gives: "open d: 2 files, waits for a marker",
            log: """
                2 render d/a.wav + d/a.png
                10 end d/a.wav + d/a.png
                12 render d/a.wav + d/a.png
                """),
        Scenario(
            "events that were never announced, or come twice, do no harm",
            """
            0 set d/a.wav, d/a.png, d/batch.ready
            0 gone d/never.wav, never.batch, e/batch.ready
            1 gone d/never.wav
            """,
            gives: """
                5 close d
                item a = d/a.wav + d/a.png
                marker d/batch.ready
                """),
        Scenario(
            "settled twice is new content",
            """
            0 set d/a.wav, d/a.png
            10 set d/a.png
            """, renders: nil,
            gives: "open d: 2 files, waits for a marker",
            log: """
                0 render d/a.wav + d/a.png
                10 end d/a.wav + d/a.png
                10 render d/a.wav + d/a.png
                """),
    ]
}
