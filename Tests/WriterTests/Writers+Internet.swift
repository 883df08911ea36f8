extension WriterGroup {
    static let internet = WriterGroup(
        title: "FTP, WebDAV, HTTP, rclone, Syncthing", servers: [.ftp, .webdav, .http], tools: ["syncthing"],
        writers: ftp + web + synced)

    private static let ftp = [
        Writer(
            "ftp", "uploaded under the final name",
            #"beside; curl -sS --limit-rate 700K -T "$FROM/voice.wav" "$FTP/$NAME/""#
        ),
        Writer(
            "ftp-rename", "uploaded as `.filepart`, then renamed",
            #"""
            beside
            curl -sS --limit-rate 700K -T "$FROM/voice.wav" "$FTP/$NAME/voice.wav.filepart" \
                -Q "-RNFR /$NAME/voice.wav.filepart" -Q "-RNTO /$NAME/voice.wav"
            """#),
        Writer(
            "ftp-resumed", "aborted at a third, resumed at once",
            #"""
            beside
            interrupted 600000 "$TO/voice.wav" curl -sS --limit-rate 700K -T "$FROM/voice.wav" "$FTP/$NAME/"
            curl -sS -C - -T "$FROM/voice.wav" "$FTP/$NAME/"
            """#),
        Writer(
            "ftp-proven", "aborted at a third, resumed 6 s later, with a `SHA256SUMS`",
            #"""
            beside; (cd "$FROM"; sha256sum voice.wav) >"$TO/SHA256SUMS"
            interrupted 600000 "$TO/voice.wav" curl -sS --limit-rate 700K -T "$FROM/voice.wav" "$FTP/$NAME/"
            sleep 6
            curl -sS -C - -T "$FROM/voice.wav" "$FTP/$NAME/"
            """#),
    ]

    private static let web = [
        Writer(
            "webdav", "PUT to `rclone serve`", #"beside; curl -sS --limit-rate 700K -T "$FROM/voice.wav" "$DAV/$NAME/""#
        ),
        Writer(
            "webdav-move", "PUT under another name, then MOVE",
            #"""
            beside
            curl -sS --limit-rate 700K -T "$FROM/voice.wav" "$DAV/$NAME/voice.tmp"
            curl -sS -X MOVE -H "Destination: $DAV/$NAME/voice.wav" "$DAV/$NAME/voice.tmp"
            """#),
        Writer(
            "curl", "`curl -o`: downloaded under the final name",
            #"beside; curl -sS --limit-rate 700K -o "$TO/voice.wav" "$HTTP/$NAME/voice.wav""#),
        Writer(
            "wget", "downloaded, then given the server's old time",
            #"beside; wget -q --limit-rate=700k -P "$TO" "$HTTP/$NAME/voice.wav""#),
    ]

    private static let synced = [
        Writer(
            "rclone", "`voice.wav.XXXXXXXX.partial` with all its blocks, then renamed",
            #""$RCLONE" copy --config /dev/null --bwlimit 700K "$FROM" "$TO""#),
        Writer(
            "rclone-inplace", "`--inplace`: under the final name",
            #""$RCLONE" copy --config /dev/null --bwlimit 700K --inplace "$FROM" "$TO""#),
        Writer("syncthing", "two real Syncthings, 500 kB/s", #"client synced.py "$FROM" "$TO""#),
    ]
}
