extension WriterGroup {
    static let ssh = WriterGroup(
        title: "SSH (OpenSSH)", servers: [.ssh], tools: ["rsync"],
        writers: [
            Writer("scp", "over SFTP, 6 Mbit/s", #"scp -q -F "$SSH" -l 6000 -r "$FROM" "share:$TO""#),
            Writer("scp-old", "`scp -O`, the old protocol", #"scp -O -q -F "$SSH" -l 6000 -r "$FROM" "share:$TO""#),
            Writer("sftp", "`put` under the final name, 6 Mbit/s", #"beside; sftp_do "put $FROM/voice.wav $TO/""#),
            Writer(
                "sftp-rename", "`put` under another name, then `rename`",
                #"beside; sftp_do "put $FROM/voice.wav $TO/voice.tmp" "rename $TO/voice.tmp $TO/voice.wav""#),
            Writer(
                "sftp-link-rename", "the old rename, as WinSCP uses it: link and unlink, no event of a rename",
                #"""
                beside
                sftp_do "put $FROM/voice.wav $TO/voice.wav.filepart" "rename -l $TO/voice.wav.filepart $TO/voice.wav"
                """#),
            Writer(
                "sftp-resumed", "`put` interrupted at a third, `reput` at once",
                #"""
                beside
                echo "put $FROM/voice.wav $TO/" >"$TMP/put"
                interrupted 600000 "$TO/voice.wav" sftp -q -F "$SSH" -l 6000 -b "$TMP/put" share
                echo "reput $FROM/voice.wav $TO/voice.wav" | sftp -q -F "$SSH" -b - share
                """#),
            Writer(
                "rsync-ssh", "`rsync -a` over SSH",
                #"rsync -a --bwlimit=700 -e "ssh -F $SSH" "$FROM/" "share:$TO/""#),
        ])
}
