extension WriterGroup {
    static let rsync = WriterGroup(
        title: "rsync", servers: [], tools: ["rsync"],
        writers: [
            Writer(
                "rsync", "`-a`: `.voice.wav.XXXXXX` with old times, then renamed",
                #"rsync -a --bwlimit=700 "$FROM/" "$TO/""#),
            Writer(
                "rsync-long",
                "the marker first, then `.voice.wav.XXXXXX` grows for longer than a folder has to be quiet",
                #"beside; sleep 1; rsync -a --bwlimit=120 "$FROM/" "$TO/""#),
            Writer(
                "rsync-temp-dir", "`--temp-dir`: appears by rename from elsewhere",
                #"rsync -a --bwlimit=700 --temp-dir="$TMP" "$FROM/" "$TO/""#),
            Writer(
                "rsync-inplace", "`--inplace`: grows under its own name, then an old time",
                #"rsync -a --inplace --bwlimit=700 "$FROM/" "$TO/""#),
            Writer(
                "rsync-partial", "`--partial`, interrupted at a third and resumed at once",
                #"""
                interrupted 600000 "$TO/.voice.wav.*" rsync -a --partial --bwlimit=700 "$FROM/" "$TO/"
                rsync -a --partial "$FROM/" "$TO/"
                """#),
            Writer(
                "rsync-partial-dir", "`--partial-dir`, interrupted at a third and resumed 3 s later",
                #"""
                interrupted 600000 "$TO/.voice.wav.*" rsync -a --partial-dir=.rsync --bwlimit=700 "$FROM/" "$TO/"
                sleep 3
                rsync -a --partial-dir=.rsync "$FROM/" "$TO/"
                """#),
            Writer(
                "rsync-delay-updates", "`--delay-updates`: all files come out of `.~tmp~` at the end",
                #"rsync -a --delay-updates --bwlimit=700 "$FROM/" "$TO/""#),
        ])
}
