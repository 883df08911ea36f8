import Disk
import Glibc
import SystemPackage

/// A way to bring the file `batch/clip.wav` (or others) into a real inbox.
struct Arrival: Sendable, CustomStringConvertible {
    var description: String
    var files: Set<FilePath> = ["batch/clip.wav"]
    var bring: @Sendable (TemporaryInbox) throws -> Void

    static let all: [Arrival] = [
        Arrival(description: "written under its name") { try $0.write("sound", to: "batch/clip.wav") },
        Arrival(description: "renamed in from elsewhere") {
            try $0.write("sound", to: "x", in: $0.outside)
            try $0.moveIn("x", as: "batch/clip.wav")
        },
        Arrival(description: "rsync: a hidden name, then a rename") {
            try $0.write("sound", to: "batch/.clip.wav.lEyOm6")
            try $0.folder.rename("batch/.clip.wav.lEyOm6", to: $0.folder, "batch/clip.wav")
        },
        Arrival(description: "sftp: a link to the final name, then the old one is removed") {
            try $0.write("sound", to: "batch/clip.wav.filepart")
            try $0.folder.link("batch/clip.wav.filepart", to: $0.folder, "batch/clip.wav")
            try $0.folder.remove("batch/clip.wav.filepart")
        },
        Arrival(description: "linked in from elsewhere: no more than one event") {
            try $0.write("sound", to: "x", in: $0.outside)
            try $0.check(
                link($0.outside.appending("x").string, $0.inbox.appending("batch/clip.wav").string))
        },
        Arrival(description: "an unnamed file gets its name when it is done") { inbox in
            // O_TMPFILE isn't imported
            let unnamed = Int32(0o20000000) | O_DIRECTORY
            let file = try FileDescriptor.open(
                inbox.inbox.appending("batch"), .readWrite,
                options: FileDescriptor.OpenOptions(rawValue: unnamed), permissions: .ownerReadWrite)
            try file.closeAfter {
                _ = try file.writeAll("sound".utf8)
                let name = inbox.inbox.appending("batch/clip.wav").string
                try inbox.check(
                    linkat(AT_FDCWD, "/proc/self/fd/\(file.rawValue)", AT_FDCWD, name, AT_SYMLINK_FOLLOW))
            }
        },
        Arrival(description: "created and closed empty, then opened again and written") {
            try $0.write("", to: "batch/clip.wav")
            try $0.write("sound", to: "batch/clip.wav")
        },
        Arrival(description: "a new folder with files in it at once", files: ["new/a.wav", "new/deep/er/b.wav"]) {
            try $0.makeFolder("new/deep/er")
            try $0.write("sound", to: "new/deep/er/b.wav")
            try $0.write("sound", to: "new/a.wav")
        },
        Arrival(description: "a whole tree renamed in", files: ["tree/a.wav", "tree/deep/b.wav"]) {
            try Folder(opening: $0.outside).makeFolder("t/deep", mode: 0o755)
            try $0.write("sound", to: "t/a.wav", in: $0.outside)
            try $0.write("sound", to: "t/deep/b.wav", in: $0.outside)
            try $0.moveIn("t", as: "tree")
        },
        Arrival(
            description: "names that others find strange",
            files: ["CON.wav", "a:b.wav", "-rf.wav", "batch/😀 我的.wav", "two\nlines.wav", "q\"'.wav"]
        ) {
            for name: FilePath in ["CON.wav", "a:b.wav", "-rf.wav", "batch/😀 我的.wav", "two\nlines.wav", "q\"'.wav"] {
                try $0.write("sound", to: name)
            }
        },
    ]
}
