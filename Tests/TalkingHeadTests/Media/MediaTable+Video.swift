import TalkingHead
import Words

/// Videos of every kind: ten pictures of 64 x 64 at 25 a second where nothing else is said.
extension MediaTable {
    private static let tenPictures = MediaVideoTests.counting(frames: 10)

    private static func video(_ options: String = "") -> MediaRow.Making { .ffmpeg(tenPictures + " " + options) }

    private static func seen(
        _ width: Int = 64, _ height: Int = 64, frames: Int = 10, note: String = "", colours: [Sample]? = nil
    ) -> MediaRow.Outcome {
        .ok(MediaRow.Look(width: width, height: height, frames: frames, colours: colours, note: Phrase(verbatim: note)))
    }

    private static func half(_ options: String = "") -> MediaRow.Making {
        .changed(video(options)) { Array($0.prefix($0.count / 2)) }
    }

    static let videos = codecs + shapes + times + extras + unusableVideos

    private static let codecs: [MediaRow] = [
        MediaRow("plain.mp4", "H.264", video(), seen()),
        MediaRow("plain.mov", "H.264", video(), seen()),
        MediaRow("plain.m4v", "H.264", video("-f ipod"), seen()),
        MediaRow("plain.mkv", "H.264", video(), seen()),
        MediaRow("plain.avi", "H.264", video(), seen()),
        MediaRow("ten.mp4", "H.264, 10 bits", video("-pix_fmt yuv420p10le"), seen()),
        MediaRow("full.mp4", "H.264, 4:4:4", video("-pix_fmt yuv444p"), seen()),
        MediaRow("hevc.mp4", "HEVC", video("-c:v libx265 -x265-params log-level=none -tag:v hvc1"), seen()),
        MediaRow(
            "hevc-ten.mov", "HEVC, 10 bits",
            video("-c:v libx265 -x265-params log-level=none -pix_fmt yuv420p10le -tag:v hvc1"), seen()),
        MediaRow("vp8.webm", "VP8", video("-c:v libvpx"), seen()),
        MediaRow("vp9.webm", "VP9", video("-c:v libvpx-vp9 -speed 8"), seen()),
        MediaRow("vp9-ten.webm", "VP9, 10 bits", video("-c:v libvpx-vp9 -speed 8 -pix_fmt yuv420p10le"), seen()),
        MediaRow("av1.mp4", "AV1", video("-c:v libaom-av1 -cpu-used 8"), seen()),
        MediaRow("av1.webm", "AV1", video("-c:v libaom-av1 -cpu-used 8"), seen()),
        MediaRow("xvid.avi", "MPEG-4", video("-c:v mpeg4 -q:v 2"), seen()),
        MediaRow("camera.avi", "Motion JPEG", video("-c:v mjpeg -q:v 2 -pix_fmt yuvj420p"), seen()),
        MediaRow("mjpeg.mov", "Motion JPEG", video("-c:v mjpeg -q:v 2 -pix_fmt yuvj420p"), seen()),
        MediaRow("prores.mov", "ProRes", video("-c:v prores"), seen()),
        MediaRow("ffv1.mkv", "FFV1", video("-c:v ffv1"), seen()),
        MediaRow("plain-samples.avi", "without compression", video("-c:v rawvideo"), seen()),
        MediaRow("animation.mov", "QuickTime Animation", video("-c:v qtrle -pix_fmt rgb24"), seen()),
        MediaRow("mpeg2.mkv", "MPEG-2", video("-c:v mpeg2video -q:v 2"), seen()),
        MediaRow(
            "old-phone.mp4", "H.263, 3GPP",
            .ffmpeg(MediaVideoTests.counting(frames: 10, size: "176x144") + " -c:v h263 -q:v 2 -f 3gp"), seen(176, 144)),
        MediaRow("really-mkv.mp4", "a Matroska named .mp4", video("-f matroska"), seen()),
        MediaRow("really-mp4.avi", "an MP4 named .avi", video("-f mp4"), seen()),
    ]

    private static let quarters =
        "-f lavfi -i nullsrc=s=128x96:r=25,geq=r='255*(lt(Y,48))':g='255*lt(X,64)'"
        + ":b='255*not(mod(gte(X,64)+gte(Y,48),2))',format=gbrp,scale=out_color_matrix=bt709:out_range=tv,format=yuv420p -frames:v 5 -colorspace bt709 -qp 4 "

    /// As phones and cameras say it: with the upper four numbers of the track's matrix.
    private static func turned(_ file: String, _ what: String, _ matrix: [Int], _ places: [Int]) -> MediaRow {
        let numbers = matrix.map { [UInt8]([$0 < 0 ? 0xff : 0, $0 < 0 ? 0xff : UInt8($0), 0, 0]) }
        let rows = numbers[0] + numbers[1] + [0, 0, 0, 0] + numbers[2] + numbers[3]
        let size = matrix[0] == 0 ? (96, 128) : (128, 96)
        return MediaRow(
            file, what, .changed(.ffmpeg(quarters)) { $0.patched(after: "tkhd", skipping: 40, with: rows) },
            seen(size.0, size.1, frames: 5, colours: places.map { MediaStillTests.colours[$0] }))
    }

    private static let shapes: [MediaRow] = [
        turned("upright.mp4", "a phone held upright: turned by 90°", [0, 1, -1, 0], [2, 0, 3, 1]),
        turned("head-down.mp4", "turned by 180°", [-1, 0, 0, -1], [3, 2, 1, 0]),
        turned("upright.mov", "turned by 270°", [0, -1, 1, 0], [1, 3, 0, 2]),
        turned("mirrored.mp4", "a front camera's mirrored picture", [-1, 0, 0, 1], [1, 0, 3, 2]),
        turned("mirrored.mov", "turned and mirrored", [0, 1, 1, 0], [0, 2, 1, 3]),
        MediaRow(
            "odd.webm", "an odd size",
            .ffmpeg(MediaVideoTests.counting(frames: 10, size: "101x75") + " -c:v libvpx-vp9 -speed 8"), seen(100, 74)),
        MediaRow("wide.mkv", "pixels twice as wide as high", video("-vf setsar=2"), seen(128, 64)),
        MediaRow("narrow.mp4", "pixels twice as high as wide", video("-vf scale=192:64,setsar=1/2"), seen(96, 64)),
        MediaRow(
            "cinema.mp4", "4K", .ffmpeg("-f lavfi -i color=red:s=3840x2160 -frames:v 2 -preset ultrafast"),
            seen(1920, 1080, frames: 2, note: "reduced from 3840 x 2160 to 1920 x 1080")),
        MediaRow(
            "tall.mp4", "a telephone's, upright",
            .ffmpeg("-f lavfi -i color=red:s=1080x1920 -frames:v 2 -preset ultrafast"),
            seen(608, 1080, frames: 2, note: "reduced from 1080 x 1920")),
        MediaRow(
            "tape.mp4", "interlaced",
            .ffmpeg(
                MediaVideoTests.counting(frames: 16, rate: "50") + " -vf tinterlace=interleave_top -flags +ildct+ilme "
                    + "-x264opts tff=1"), seen(frames: 16)),
        MediaRow(
            "tape.avi", "interlaced, bottom rows first",
            .ffmpeg(
                MediaVideoTests.counting(frames: 16, rate: "50")
                    + " -vf tinterlace=interleave_bottom -c:v mpeg4 -q:v 2 -flags +ildct+ilme"), seen(frames: 16)),
    ]

    private static func paced(_ rate: String, _ frames: Int) -> MediaRow.Making {
        .ffmpeg(MediaVideoTests.counting(frames: frames, rate: rate))
    }

    private static let times: [MediaRow] = [
        MediaRow("cartoon.mp4", "12 pictures a second", paced("12", 12), seen(frames: 12)),
        MediaRow("film.mov", "23.976 pictures a second", paced("24000/1001", 12), seen(frames: 12)),
        MediaRow("game.mp4", "60 pictures a second", paced("60", 30), seen(frames: 30)),
        MediaRow("slow-motion.mp4", "120 pictures a second: every other is used", paced("120", 30), seen(frames: 16)),
        MediaRow("slides.mp4", "2 pictures a second: each is shown longer", paced("2", 3), seen(frames: 26)),
        MediaRow(
            "phone.mp4", "a variable rate",
            video("-vf setpts='if(lt(N,6),N,6+(N-6)*2)/25/TB' -vsync vfr"), .ok(.init(width: 64, height: 64))),
        MediaRow(
            "screen.webm", "a variable rate, recorded by a browser",
            video("-c:v libvpx -vf setpts='(N+0.4*mod(N,3))/25/TB' -vsync vfr -live 1"), seen()),
        MediaRow(
            "late.mp4", "pictures that start half a second late",
            .ffmpeg("-f lavfi -i sine=d=1 -itsoffset 0.5 " + tenPictures), seen()),
        MediaRow("one.mp4", "a single picture", .ffmpeg(MediaVideoTests.counting(frames: 1)), seen(frames: 1)),
        MediaRow("pieces.mp4", "in fragments", video("-movflags frag_keyframe+empty_moov -g 5"), seen()),
        MediaRow("reordered.mp4", "pictures that refer to later ones", video("-bf 3 -g 5"), seen()),
    ]

    private static let extras: [MediaRow] = [
        MediaRow(
            "speaking.mp4", "with sound, which is not used", .ffmpeg("-f lavfi -i sine=d=3 " + tenPictures), seen()),
        MediaRow(
            "speaking.webm", "with sound, which is not used",
            .ffmpeg("-f lavfi -i sine=d=1 " + tenPictures + " -c:v libvpx"), seen()),
        MediaRow(
            "poster.mp4", "with a cover picture",
            .ffmpeg(
                "-f lavfi -i testsrc=s=600x600:d=0.04 " + tenPictures
                    + " -map 1 -map 0 -frames:v:1 1 -c:v:1 mjpeg -disposition:v:1 attached_pic"), seen()),
        MediaRow("fast.mp4", "with its index first", video("-movflags +faststart"), seen()),
        MediaRow(
            "live.webm", "a recording that broke off and never knew its length: what is there is used",
            .changed(video("-c:v libvpx -live 1")) { Array($0.dropLast(150)) }, .ok(.init(width: 64, height: 64))),
    ]

    private static let unusableVideos: [MediaRow] = [
        MediaRow("nothing.mp4", "no bytes", .bytes { [] }, .rejected(.empty, word: "is empty")),
        MediaRow("half.mp4", "half of an MP4", half(), .rejected(.cut, word: "not whole")),
        MediaRow(
            "half-fast.mov", "half of a MOV with its index first", half("-movflags +faststart"),
            .rejected(.cut, word: "not whole")),
        MediaRow("half.mkv", "half of an MKV", half(), .rejected(.cut, word: "not whole")),
        MediaRow("half.webm", "half of a WebM", half("-c:v libvpx"), .rejected(.cut, word: "not whole")),
        MediaRow("half.avi", "half of an AVI", half("-c:v mpeg4"), .rejected(.cut, word: "not whole")),
        MediaRow(
            "sound-only.mp4", "an MP4 with sound alone", .ffmpeg("-f lavfi -i sine=d=1"),
            .rejected(.noPicture, word: "no picture")),
        MediaRow(
            "song.mp4", "a song with its cover",
            .ffmpeg(
                "-f lavfi -i sine=d=1 -f lavfi -i testsrc=s=100x100:d=0.04 -map 0 -map 1 -frames:v 1 -c:v mjpeg "
                    + "-disposition:v attached_pic"),
            .rejected(.noPicture, word: "no picture")),
        MediaRow(
            "song.mov", "an MP3", .ffmpeg("-f lavfi -i sine=d=1 -f mp3"), .rejected(.unsupported, word: "ending .mp3")),
        MediaRow(
            "tiny.mp4", "32 x 32", .ffmpeg(MediaVideoTests.counting(frames: 5, size: "32x32")),
            .rejected(.tooSmall, word: "32 x 32 pixels")),
        MediaRow(
            "wall.mov", "8000 x 7000", .ffmpeg("-f lavfi -i color=gray:s=8000x7000 -frames:v 1 -c:v png -pix_fmt gray"),
            .rejected(.tooLarge, word: "8000 x 7000")),
        MediaRow(
            "windows.avi", "Windows Media Video in an AVI", video("-c:v wmv2"),
            .rejected(.unsupported, word: "the codec wmv2")),
        MediaRow("theora.mkv", "Theora", video("-c:v libtheora"), .rejected(.unsupported, word: "the codec theora")),
        MediaRow(
            "noise.mp4", "bytes without sense", .bytes { (0..<5000).map { UInt8(truncatingIfNeeded: $0 &* $0 &* 31) } },
            .rejected(.undecodable, word: "can't be read as a video")),
    ]
}

extension MediaRow.Look {
    init(video file: MediaInput) throws(Problem) {
        let reader = try VideoReader(file)
        let first = try reader.next()
        while try reader.next() != nil {}
        self.init(
            width: reader.width, height: reader.height, frames: reader.position, colours: first?.quarters,
            note: reader.note)
    }
}
