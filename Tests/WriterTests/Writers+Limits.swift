extension WriterGroup {
    /// A part stands under the final name, closed, for longer than the quiet time: nothing tells it from a whole file
    /// but its own content.
    static let limits = WriterGroup(
        title: "Left lying in part under the final name", servers: [.ftp], tools: ["rsync"],
        writers: [
            Writer(
                "ftp-late", "FTP, aborted at a third, resumed 6 s later",
                #"""
                beside
                interrupted 600000 "$TO/voice.wav" curl -sS --limit-rate 700K -T "$FROM/voice.wav" "$FTP/$NAME/"
                sleep 6
                curl -sS --limit-rate 700K -C - -T "$FROM/voice.wav" "$FTP/$NAME/"
                """#),
            Writer(
                "rsync-partial-late", "`rsync --partial`, interrupted at a third, resumed 6 s later",
                #"""
                interrupted 600000 "$TO/.voice.wav.*" rsync -a --partial --bwlimit=700 "$FROM/" "$TO/"
                sleep 6
                rsync -a --partial --bwlimit=700 "$FROM/" "$TO/"
                """#),
        ])
}
