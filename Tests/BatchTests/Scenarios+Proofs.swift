import Batch

/// What `SHA256SUMS` does: what it lists is complete exactly when it matches.
extension Scenario {
    static let proofs = [
        Scenario(
            "what a list names and what matches is delivered, the list with it",
            """
            0 copy d/a.wav, d/a.png, d/vip/b.wav, d/vip/b.png, d/batch.ready
            0 write d/SHA256SUMS: <a.wav>  a.wav|<a.png> *a.png|<b.wav>  ./vip/b.wav|<b.png>  vip\\b.png|<x>  SHA256SUMS|<y>  batch.ready
            """, inAnyOrder: true,
            gives: """
                7 close d
                item a = d/a.wav + d/a.png
                item vip/b = d/vip/b.wav + d/vip/b.png #vip
                marker d/batch.ready
                manifest d/SHA256SUMS
                """),
        Scenario(
            "a listed file that differs is not settled, and holds the batch at its marker until it matches",
            """
            0 copy d/a.wav, d/a.png, d/b.wav, d/b.png
            0 write d/SHA256SUMS: <whole>  a.wav|<b.wav>  b.wav
            60 copy d/batch.ready
            90 write d/a.wav: whole
            """,
            gives: """
                122 close d
                item a = d/a.wav + d/a.png
                item b = d/b.wav + d/b.png
                marker d/batch.ready
                manifest d/SHA256SUMS
                """,
            log: """
                2 render d/a.wav + d/a.png
                2 render d/b.wav + d/b.png
                2 hurry d/a.wav, d/b.wav
                2 end d/a.wav + d/a.png
                67 hold d/batch.ready: Not as d/SHA256SUMS says: a.wav (line 1) has other content. \
                Copy them again, or correct or remove the list.
                90 release d/batch.ready
                92 render d/a.wav + d/a.png
                122 hurry none
                """),
        Scenario(
            "files that are listed and not there hold the batch; the first three are named",
            """
            0 copy d/a.wav, d/a.png, d/batch.ready
            0 write d/SHA256SUMS: <a.wav>  a.wav|# four more||<b>  b.wav|<c>  c.wav|<d>  d.wav|<e>  e.wav
            """, inAnyOrder: true,
            gives: """
                open d: 4 files, is held until it is mended
                held Not as d/SHA256SUMS says: b.wav (line 4) is not there; c.wav (line 5) is not there; \
                d.wav (line 6) is not there; and 1 more. Copy them again, or correct or remove the list.
                """),
        Scenario(
            "without a marker nothing is held: it is only told",
            """
            0 copy d/a.wav, d/a.png
            0 write d/SHA256SUMS: <other>  a.wav|<b>  b.wav
            """, inAnyOrder: true,
            gives: """
                open d: 3 files, waits until 2 files are as SHA256SUMS says
                """),
        Scenario(
            "a list alone with its marker tells what is not there",
            """
            0 copy d/batch.ready
            0 write d/SHA256SUMS: <a>  a.wav
            """, inAnyOrder: true,
            gives: """
                open d: 2 files, is held until it is mended
                held Not as d/SHA256SUMS says: a.wav (line 1) is not there. \
                Copy them again, or correct or remove the list.
                """),
        Scenario(
            "the list withdrawn: what is there counts",
            """
            0 copy d/a.wav, d/a.png, d/batch.ready
            0 write d/SHA256SUMS: <other>  a.wav|<b>  b.wav
            60 gone d/SHA256SUMS
            """,
            gives: """
                90 close d
                item a = d/a.wav + d/a.png
                marker d/batch.ready
                """),
        Scenario(
            "the marker withdrawn: it is not held any more, and still waits",
            """
            0 copy d/a.wav, d/a.png, d/batch.ready
            0 write d/SHA256SUMS: <other>  a.wav
            60 gone d/batch.ready
            """,
            gives: """
                open d: 3 files, waits until 1 file is as SHA256SUMS says
                """),
        Scenario(
            "a corrected list lets the batch go on",
            """
            0 copy d/a.wav, d/a.png, d/batch.ready
            0 write d/SHA256SUMS: <other>  a.wav
            60 write d/SHA256SUMS: <a.wav>  a.wav
            """,
            gives: """
                92 close d
                item a = d/a.wav + d/a.png
                marker d/batch.ready
                manifest d/SHA256SUMS
                """),
        Scenario(
            "a bad line holds the batch and is named; what is there is rendered",
            """
            0 copy d/a.wav, d/a.png, d/batch.ready
            0 write d/SHA256SUMS: <a.wav>  a.wav|hello
            """, inAnyOrder: true,
            gives: """
                open d: 4 files, is held until it is mended
                held d/SHA256SUMS: line 2: has to be a SHA-256 of 64 digits, two spaces and the file's name, \
                as sha256sum writes it. Correct it, or remove it.
                """),
        Scenario(
            "a listed file that is replaced by something else is not rendered",
            """
            0 copy d/a.wav, d/a.png
            0 write d/SHA256SUMS: <a.wav>  a.wav
            20 write d/a.wav: other
            """,
            gives: """
                open d: 3 files, waits until 1 file is as SHA256SUMS says
                """,
            log: """
                2 render d/a.wav + d/a.png
                2 hurry d/a.wav
                """),
        Scenario(
            "what runs goes on while a list that came later is compared",
            """
            0 copy d/a.wav, d/a.png
            10 write d/SHA256SUMS: <a.wav>  a.wav|<a.png>  a.png
            """, renders: .seconds(60),
            gives: """
                open d: 3 files, waits for a marker
                """,
            log: """
                2 render d/a.wav + d/a.png
                12 hurry d/a.png, d/a.wav
                """),
        Scenario(
            "files that are not listed settle as usual",
            """
            0 copy d/a.wav, d/a.png, d/b.wav, d/b.png, d/batch.ready
            0 write d/SHA256SUMS: <a.wav>  a.wav
            """, inAnyOrder: true,
            gives: """
                7 close d
                item a = d/a.wav + d/a.png
                item b = d/b.wav + d/b.png
                marker d/batch.ready
                manifest d/SHA256SUMS
                """),
        Scenario(
            "loose files have a list of their own",
            """
            0 copy a.wav, a.png, batch.ready
            0 write SHA256SUMS: <a.wav>  a.wav|<b>  b.wav
            """, inAnyOrder: true,
            gives: """
                open inbox: 4 files, is held until it is mended
                held Not as SHA256SUMS says: b.wav (line 2) is not there. \
                Copy them again, or correct or remove the list.
                """),
        Scenario(
            "a list at the top names no files in folders, which are batches of their own",
            """
            0 copy a.wav, a.png, batch.ready
            0 write SHA256SUMS: <b>  d/b.wav
            """, inAnyOrder: true,
            gives: """
                open inbox: 4 files, is held until it is mended
                held SHA256SUMS: line 1: “d/b.wav” lies in a folder, which is a batch of its own and needs \
                a list of its own. Correct it, or remove it.
                """),
        Scenario(
            "a list in a deeper folder counts for nothing, and lists that are spelled otherwise less than SHA256SUMS",
            """
            0 copy d/a.wav, d/a.png, d/vip/SHA256SUMS, d/batch.ready
            0 write d/sha256sums.txt: <other>  a.wav
            0 write d/SHA256SUMS: <a.wav>  a.wav
            """, inAnyOrder: true,
            gives: """
                7 close d
                item a = d/a.wav + d/a.png
                marker d/batch.ready
                manifest d/SHA256SUMS
                manifest d/sha256sums.txt
                other d/vip/SHA256SUMS
                """),
        Scenario(
            "case and accents of names don't matter, but a file spelled as in the list goes first",
            """
            0 copy d/a.wav, d/a.png, d/batch.ready
            0 write d/SHA256SUMS: <a.wav>  A.WAV|<a.png>  a.PNG
            """, inAnyOrder: true,
            gives: """
                7 close d
                item a = d/a.wav + d/a.png
                marker d/batch.ready
                manifest d/SHA256SUMS
                """),
        Scenario(
            "a listed items.csv that differs is not followed, and nothing starts before it is",
            """
            0 copy d/a.wav, d/b.png, d/batch.ready
            0 write d/items.csv: audio,avatar|a.wav,b.png
            0 write d/SHA256SUMS: <other>  items.csv
            """, inAnyOrder: true,
            gives: """
                open d: 5 files, is held until it is mended
                held Not as d/SHA256SUMS says: items.csv (line 1) has other content. \
                Copy them again, or correct or remove the list.
                """),
        Scenario(
            "a file that can't be read is told as such",
            """
            0 copy d/a.png, d/batch.ready
            0 write d/a.wav: unreadable
            0 write d/SHA256SUMS: <a.wav>  a.wav
            """, inAnyOrder: true,
            gives: """
                open d: 4 files, is held until it is mended
                held Not as d/SHA256SUMS says: a.wav (line 1) can't be read now. \
                Copy them again, or correct or remove the list.
                """),
        Scenario(
            "as many items as expected don't close a batch of which listed files are missing",
            """
            0 copy d/a.wav, d/a.png
            0 write d/batch.ready: expect: 1
            0 write d/SHA256SUMS: <b>  b.wav
            60 write d/b.wav: b
            """,
            gives: """
                62 close d
                item a = d/a.wav + d/a.png
                half b = d/b.wav
                marker d/batch.ready
                manifest d/SHA256SUMS
                """),
        Scenario(
            "files that were delivered already have to match a new list, too",
            """
            0 kept d/a.wav, d/avatar.png
            0 copy d/b.wav, d/batch.ready
            0 write d/SHA256SUMS: <a.wav>  a.wav|<avatar.png>  avatar.png|<b.wav>  b.wav
            """, inAnyOrder: true,
            gives: """
                8 close d
                item b = d/b.wav + d/avatar.png
                marker d/batch.ready
                manifest d/SHA256SUMS
                """),
    ]

    /// Files that end too early, of which more may come.
    static let grace = [
        Scenario(
            "a file that ends too early keeps its batch open for ten minutes",
            """
            0 copy d/a.wav, d/a.png, d/batch.ready
            5 cut d/a.wav
            """, renders: nil,
            gives: """
                605 close d
                item a = d/a.wav + d/a.png
                marker d/batch.ready
                """),
        Scenario(
            "more of it is rendered anew",
            """
            0 copy d/a.wav, d/a.png, d/batch.ready
            5 cut d/a.wav
            300 copy d/a.wav
            310 end d/a.wav
            """, renders: nil,
            gives: """
                332 close d
                item a = d/a.wav + d/a.png
                marker d/batch.ready
                """,
            log: """
                2 render d/a.wav + d/a.png
                300 end d/a.wav + d/a.png
                302 render d/a.wav + d/a.png
                """),
        Scenario(
            "others of the batch end meanwhile; the last one decides",
            """
            0 copy d/a.wav, d/a.png, d/b.wav, d/b.png, d/batch.ready
            5 cut d/a.wav
            105 cut d/b.png
            """, renders: nil,
            gives: """
                705 close d
                item a = d/a.wav + d/a.png
                item b = d/b.wav + d/b.png
                marker d/batch.ready
                """),
        Scenario(
            "a file that is proven to be whole gets no time",
            """
            0 copy d/a.wav, d/a.png, d/batch.ready
            0 write d/SHA256SUMS: <a.wav>  a.wav
            5 cut d/a.wav
            """, renders: nil,
            gives: """
                7 close d
                item a = d/a.wav + d/a.png
                marker d/batch.ready
                manifest d/SHA256SUMS
                """),
        Scenario(
            "an incomplete item is none of those expected, before its time is over",
            """
            0 copy d/a.wav, d/a.png, d/b.wav, d/b.png
            0 write d/batch.ready: expect: 1
            5 cut d/a.wav
            105 end d/b.wav
            """, renders: nil,
            gives: """
                605 close d
                item a = d/a.wav + d/a.png
                item b = d/b.wav + d/b.png
                marker d/batch.ready
                """),
        Scenario(
            "removed, it is waited for no more",
            """
            0 copy d/a.wav, d/a.png, d/b.wav, d/b.png, d/batch.ready
            3 cut d/a.wav
            4 end d/b.wav
            10 gone d/a.wav
            """, renders: nil,
            gives: """
                40 close d
                item b = d/b.wav + d/b.png
                half a = d/a.png
                marker d/batch.ready
                """),
    ]
}
