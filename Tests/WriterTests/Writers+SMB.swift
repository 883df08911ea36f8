extension WriterGroup {
    static let smb = WriterGroup(
        title: "SMB (Samba)", servers: [.smb], tools: [],
        writers: [
            Writer(
                "smbclient", "`mput` of a folder",
                #"smb_do "recurse; prompt; lcd $(dirname "$FROM"); mput $NAME""#),
            Writer(
                "smbclient-rename", "`put` under another name, then `rename`",
                #"""
                beside
                smb_do "cd $NAME; put $FROM/voice.wav voice.tmp; rename voice.tmp voice.wav"
                """#),
            Writer(
                "explorer", "as Windows' Explorer: the whole size first, an old time, then a pause of 4 s and the rest",
                #"beside; smb_client explorer "$FROM/voice.wav" "$NAME/voice.wav" 4"#),
            Writer(
                "finder",
                "as macOS' Finder: created and closed, written later with a pause of 4 s; `._voice.wav` beside it",
                #"beside; smb_client finder "$FROM/voice.wav" "$NAME/voice.wav" 4"#),
        ])
}
