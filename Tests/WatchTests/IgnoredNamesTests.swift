import SystemPackage
import Testing
import Watch

@Suite struct IgnoredNamesTests {
    @Test(
        "names of writers that aren't done are temporary",
        arguments: [
            "clip.wav.part", "clip.1a2b3c4d.partial", "clip.wav.filepart", "Unconfirmed 123.crdownload",
            "clip.wav.CRDOWNLOAD", "clip.download", "x.opdownload", "x.tmp", "X.TMP", "x.temp", "~$report.mp4",
            "~syncthing~clip.wav.tmp", "x.!qB", "x.!ut", "x.aria2", "x.unmanic.part", "#123456", "clip.wav~",
            "_UNPACK_show",
        ])
    func temporary(name: String) throws {
        #expect(IgnoredNames.reason(try #require(FilePath.Component(name))) == .temporary)
    }

    @Test(
        "names that start with a dot are hidden",
        arguments: [
            ".clip.wav.lEyOm6", ".~tmp~", ".syncthing.clip.wav.tmp", ".in.clip.wav.", "._clip.wav", ".DS_Store",
            ".nfs0001", ".fuse_hidden0123456789abcdef", ".~lock.x#", ".goutputstream-X1", ".@__thumb", ".stfolder",
        ])
    func hidden(name: String) throws {
        #expect(IgnoredNames.reason(try #require(FilePath.Component(name))) == .hidden)
    }

    @Test(
        "names of systems and NAS boxes are junk",
        arguments: [
            "Thumbs.db", "desktop.ini", "@eaDir", "#recycle", "#snapshot", "@Recycle", "@Recently-Snapshot",
            "__MACOSX", "Icon\r", "$RECYCLE.BIN", "System Volume Information", "lost+found",
        ])
    func junk(name: String) throws {
        #expect(IgnoredNames.reason(try #require(FilePath.Component(name))) == .junk)
    }

    @Test(
        "all others are somebody's files",
        arguments: [
            "clip.wav", "CON.wav", "a:b.wav", "-rf.wav", "😀.wav", "two\nlines.wav", "#1 hit.wav", "#", "part.wav",
            "tmp", "x.tmp.wav", "clip.sync-conflict-20260101-120000-ABCDEFG.wav", "~clip.wav", "batch.ready", "我的.mp3",
            "clip.wav.lEyOm6", "desktop.ini.wav", "_archive",
        ])
    func kept(name: String) throws {
        #expect(IgnoredNames.reason(try #require(FilePath.Component(name))) == nil)
    }

    @Test("bytes that aren't UTF-8 are judged like all others")
    func bytes() throws {
        let odd = try #require(FilePath.Component(platformString: [-1, 0x2E, 0x77, 0]))
        #expect(IgnoredNames.reason(odd) == nil)
        let part = try #require(FilePath.Component(platformString: [-1, 0x2E, 0x74, 0x4D, 0x70, 0]))
        #expect(IgnoredNames.reason(part) == .temporary)
    }
}
