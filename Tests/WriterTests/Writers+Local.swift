// `beside` puts the face and the marker there first: the sound is what the batch then waits for.

extension WriterGroup {
    static let local = WriterGroup(
        title: "On the same machine", servers: [], tools: ["tar", "unzip"], writers: commands + programs)

    private static let commands = [
        Writer("cp", "a whole folder", #"cp -r "$FROM" "$TO""#),
        Writer("cp-preserving", "`cp -p`: old times from the first moment", #"cp -rp "$FROM" "$TO""#),
        Writer(
            "cp-slow", "a source that pauses for 3 s in the middle",
            #"beside; pausing 900000 3 <"$FROM/voice.wav" | cp /dev/stdin "$TO/voice.wav""#),
        Writer(
            "mv-folder", "a folder appears in one moment, with old times",
            #"cp -rp "$FROM" "$TMP/x"; mv "$TMP/x" "$TO""#),
        Writer(
            "mv-files", "files appear under their names one by one",
            #"cp -rp "$FROM" "$TMP/x"; mkdir "$TO"; mv "$TMP/x/"* "$TO""#),
        Writer(
            "mv-across", "from another file system: copied, then given old times",
            #"cp -rp "$FROM" "$MEMORY/x"; mv "$MEMORY/x" "$TO""#),
        Writer(
            "tar", "unpacked from a stream that pauses for 3 s",
            #"tar -C "$(dirname "$FROM")" -c "$NAME" | pausing 1200000 3 | tar -C "$INBOX" -x"#),
        Writer(
            "unzip", "unpacked in the inbox",
            #"cd "$(dirname "$FROM")"; python3 -m zipfile -c "$TMP/x.zip" "$NAME/"; unzip -q "$TMP/x.zip" -d "$INBOX""#),
    ]

    private static let programs = [
        Writer(
            "pause", "a program that pauses for 4 s, twice the quiet time, with the file open",
            #"beside; by_hand pausing "$FROM/voice.wav" "$TO/voice.wav" 4"#),
        Writer(
            "tmpfile", "O_TMPFILE and linkat: no event but that the name came to be",
            #"beside; by_hand unnamed "$FROM/voice.wav" "$TO/voice.wav" 1"#),
        Writer(
            "mmap", "written through a shared mapping, the file closed before: no event tells of it; 3 s pause",
            #"beside; by_hand mapped "$FROM/voice.wav" "$TO/voice.wav" 3"#),
        Writer(
            "allocated", "size and blocks first, content later, then an old time; 3 s pause",
            #"beside; by_hand allocated "$FROM/voice.wav" "$TO/voice.wav" 3"#),
        Writer(
            "two-writers", "two have it open; the first closes it when half is missing, the other goes on 3 s later",
            #"beside; by_hand two "$FROM/voice.wav" "$TO/voice.wav" 3"#),
        Writer(
            "two-at-once", "two write a half each, one faster than the other",
            #"beside; by_hand two_at_once "$FROM/voice.wav" "$TO/voice.wav" 3"#),
        Writer(
            "firefox", "an empty file holds the name's place, `.part` is renamed over it",
            #"beside; by_hand firefox "$FROM/voice.wav" "$TO/voice.wav" 3"#),
        Writer(
            "chrome", "`.crdownload`, then renamed", #"beside; by_hand chrome "$FROM/voice.wav" "$TO/voice.wav" 3"#),
        Writer(
            "syncthing-names", "`.syncthing.NAME.tmp` with its whole size, an old time, then renamed",
            #"beside; by_hand syncthing "$FROM/voice.wav" "$TO/voice.wav" 3"#),
        Writer(
            "syncthing-windows", "`~syncthing~NAME.tmp`, then renamed",
            #"beside; by_hand syncthing_windows "$FROM/voice.wav" "$TO/voice.wav" 3"#),
    ]
}
