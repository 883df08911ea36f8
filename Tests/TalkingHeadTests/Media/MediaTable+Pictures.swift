import TalkingHead
import Words

/// Pictures of every kind. Most show four quarters: white, red, green, blue.
extension MediaTable {
    private static let filled = "transparent parts filled with #EDEDED"
    private static let first = "first picture of the animation"
    private static let ground = Sample(red: 237 / 255, green: 237 / 255, blue: 237 / 255)
    private static let gray = Sample(red: 128 / 255, green: 128 / 255, blue: 128 / 255)
    /// White, mid gray, black, white.
    private static let grays = [Sample.white, gray, .black, .white]
    private static let turned = [2, 0, 3, 1].map { MediaStillTests.colours[$0] }
    /// The right half transparent, over hidden red and blue.
    private static let halves = [Sample.white, ground, .green, ground]
    private static let clear =
        "picture = quarters('RGBA')\npicture.paste((255, 0, 0, 0), (64, 0, 128, 48))\n"
        + "picture.paste((0, 0, 255, 0), (64, 48, 128, 96))\n"
    private static let grayed =
        "picture = Image.new('L', (128, 96), 255)\npicture.paste(128, (64, 0, 128, 48))\n"
        + "picture.paste(0, (0, 48, 64, 96))\n"

    private static let fourBits = """
        import struct, zlib
        def chunk(kind, content):
            whole = kind + content
            return struct.pack('>I', len(content)) + whole + struct.pack('>I', zlib.crc32(whole))
        rows = b''
        for y in range(96):
            line = [picture.getpixel((x, y)) >> 4 for x in range(128)]
            rows += b'\\0' + bytes(a << 4 | b for a, b in zip(line[::2], line[1::2]))
        head = struct.pack('>IIBBBBB', 128, 96, 4, 0, 0, 0, 0)
        with open(path, 'wb') as f:
            f.write(b'\\x89PNG\\r\\n\\x1a\\n' + chunk(b'IHDR', head) + chunk(b'IDAT', zlib.compress(rows)) + chunk(b'IEND', b''))
        """

    private static func quarters(_ options: String) -> MediaRow.Making {
        .ffmpeg(
            "-f lavfi -i nullsrc=s=128x96,trim=end_frame=1,"
                + "geq=r='255*(lt(Y,48))':g='255*lt(X,64)':b='255*not(mod(gte(X,64)+gte(Y,48),2))',format=gbrp "
                + "-frames:v 1 \(options)")
    }

    static let png: [MediaRow] = [
        MediaRow("plain.png", "24 bits", quarters("-pix_fmt rgb24"), .picture(128, 96)),
        MediaRow("opaque.png", "32 bits, nothing transparent", quarters("-pix_fmt rgba"), .picture(128, 96)),
        MediaRow(
            "cutout.png", "32 bits, half of it transparent", .pillow(clear + "picture.save(path)"),
            .picture(128, 96, note: filled, colours: halves)),
        MediaRow("deep.png", "16 bits a colour", quarters("-pix_fmt rgb48be"), .picture(128, 96)),
        MediaRow(
            "deep-cutout.png", "16 bits a colour, half of it transparent",
            .ffmpeg(
                "-f lavfi -i nullsrc=s=128x96,format=rgba,geq=r=255:g=255:b=255:a='255*lt(X,64)' -pix_fmt rgba64be -frames:v 1"
            ), .picture(128, 96, note: filled, colours: [.white, ground, .white, ground])),
        MediaRow("gray.png", "gray, 8 bits", .pillow(grayed + "picture.save(path)"), .picture(128, 96, colours: grays)),
        MediaRow(
            "gray-deep.png", "gray, 16 bits",
            .pillow(grayed + "picture.convert('I').point(lambda v: v * 257).save(path)"),
            .picture(128, 96, colours: grays)),
        MediaRow(
            "gray-cutout.png", "gray with transparency",
            .pillow(
                grayed + "picture = picture.convert('LA')\npicture.paste((0, 0), (64, 48, 128, 96))\npicture.save(path)"
            ),
            .picture(128, 96, note: filled, colours: [.white, gray, .black, ground])),
        MediaRow(
            "gray-4.png", "gray, 4 bits", .pillow(grayed + fourBits),
            .picture(
                128, 96, colours: [.white, Sample(red: 136 / 255, green: 136 / 255, blue: 136 / 255), .black, .white])),
        MediaRow(
            "fax.png", "black and white, 1 bit", .pillow(grayed + "picture.convert('1', dither=0).save(path)"),
            .picture(128, 96, colours: [.white, .white, .black, .white])),
        MediaRow("palette.png", "256 colours", .pillow("quarters('P').save(path)"), .picture(128, 96)),
        MediaRow(
            "palette-4.png", "palette of 4 bits",
            .pillow("quarters().quantize(4).save(path, bits=4)"), .picture(128, 96)),
        MediaRow(
            "palette-2.png", "palette of 2 bits",
            .pillow("quarters().quantize(4).save(path, bits=2)"), .picture(128, 96)),
        MediaRow(
            "palette-cutout.png", "palette with transparent colours",
            .pillow(
                "picture = quarters().quantize(4)\npicture.save(path, transparency=picture.getpixel((100, 80)))"),
            .picture(128, 96, note: filled, colours: [.white, .red, .green, ground])),
        MediaRow(
            "key.png", "one colour stands for transparent",
            .pillow("quarters().save(path, transparency=(0, 0, 255))"),
            .picture(128, 96, note: filled, colours: [.white, .red, .green, ground])),
        MediaRow("interlaced.png", "interlaced", quarters("-flags +ildct -pix_fmt rgb24"), .picture(128, 96)),
        MediaRow(
            "interlaced-deep.png", "interlaced, 16 bits, with transparency",
            quarters("-flags +ildct -pix_fmt rgba64be"), .picture(128, 96)),
        MediaRow(
            "animated.png", "animated PNG",
            .pillow(
                "quarters().save(path, save_all=True, append_images=[quarters().rotate(180)] * 2, duration=100)"),
            .picture(128, 96, note: first)),
        MediaRow(
            "phone.png", "with a camera's note that it is turned",
            .pillow("exif = Image.Exif()\nexif[0x0112] = 6\nquarters().save(path, exif=exif)"),
            .picture(96, 128, colours: turned)),
        MediaRow(
            "chatty.png", "with long texts and a colour profile",
            .pillow(
                "from PIL import ImageCms\nfrom PIL.PngImagePlugin import PngInfo\nnotes = PngInfo()\n"
                    + "notes.add_text('prompt', 'x' * 200000, zip=True)\n"
                    + "profile = ImageCms.ImageCmsProfile(ImageCms.createProfile('sRGB')).tobytes()\n"
                    + "quarters().save(path, pnginfo=notes, icc_profile=profile)"), .picture(128, 96)),
        MediaRow(
            "tail.png", "with other bytes behind its end",
            .changed(quarters("-pix_fmt rgb24")) { $0 + Array("junk".utf8) }, .picture(128, 96)),
    ]

    static let jpeg: [MediaRow] = [
        MediaRow("plain.jpg", "as cameras write it", .pillow("quarters().save(path, quality=95)"), .picture(128, 96)),
        MediaRow(
            "full.jpeg", "colours at full size", .pillow("quarters().save(path, quality=95, subsampling=0)"),
            .picture(128, 96)),
        MediaRow(
            "wide.jpg", "colours at half the width", .pillow("quarters().save(path, quality=95, subsampling=1)"),
            .picture(128, 96)),
        MediaRow(
            "progressive.jpg", "progressive", .pillow("quarters().save(path, quality=95, progressive=True)"),
            .picture(128, 96)),
        MediaRow(
            "gray.jpg", "gray", .pillow(grayed + "picture.save(path, quality=95)"), .picture(128, 96, colours: grays)),
        MediaRow(
            "print.jpg", "print colours (CMYK) with Adobe's note",
            .pillow("quarters('CMYK').save(path, quality=95)"), .picture(128, 96)),
        MediaRow(
            "print-progressive.jpg", "print colours, progressive",
            .pillow("quarters('CMYK').save(path, quality=95, progressive=True)"), .picture(128, 96)),
        MediaRow(
            "print-plain.jpg", "print colours without a note",
            .bytes { MediaPrintColourTests.jpeg([255, 0, 255, 0], note: nil) },
            .picture(64, 64, colours: Array(repeating: .green, count: 4))),
        MediaRow(
            "print-ycck.jpg", "print colours as Photoshop writes them (YCCK)",
            .bytes { MediaPrintColourTests.jpeg([179, 171, 1, 255], note: 2) },
            .picture(64, 64, colours: Array(repeating: .red, count: 4))),
        MediaRow(
            "turned.jpg", "a phone's, held upright",
            .pillow("exif = Image.Exif()\nexif[0x0112] = 6\nquarters().save(path, quality=95, exif=exif)"),
            .picture(96, 128, colours: turned)),
        MediaRow(
            "mirrored.jpg", "of a front camera",
            .pillow("exif = Image.Exif()\nexif[0x0112] = 2\nquarters().save(path, quality=95, exif=exif)"),
            .picture(128, 96, colours: [1, 0, 3, 2].map { MediaStillTests.colours[$0] })),
        MediaRow(
            "live.jpg", "with a film behind it, as some phones write",
            .changed(.pillow("quarters().save(path, quality=95)")) {
                $0 + [0, 0, 0, 24] + Array("ftypmp42".utf8) + $0
            },
            .picture(128, 96)),
        MediaRow(
            "profile.jpg", "with a long colour profile and a comment",
            .pillow("quarters().save(path, quality=95, icc_profile=b'x' * 200000, comment=b'made by hand')"),
            .picture(128, 96)),
    ]

    static let webp: [MediaRow] = [
        MediaRow("plain.webp", "lossy", .pillow("quarters().save(path, quality=95)"), .picture(128, 96)),
        MediaRow("lossless.webp", "lossless", .pillow("quarters().save(path, lossless=True)"), .picture(128, 96)),
        MediaRow(
            "cutout.webp", "lossy, half of it transparent", .pillow(clear + "picture.save(path, quality=95)"),
            .picture(128, 96, note: filled, colours: halves)),
        MediaRow(
            "lossless-cutout.webp", "lossless, half of it transparent",
            .pillow(clear + "picture.save(path, lossless=True, exact=True)"),
            .picture(128, 96, note: filled, colours: halves)),
        MediaRow(
            "animated.webp", "animated, lossy",
            .pillow(
                "quarters().save(path, save_all=True, append_images=[quarters().rotate(180)], duration=100, quality=95)"
            ),
            .picture(128, 96, note: first)),
        MediaRow(
            "sticker.webp", "animated, lossless, transparent",
            .pillow(
                clear
                    + "picture.save(path, save_all=True, append_images=[picture.rotate(180)], duration=100, lossless=True)"
            ),
            .picture(128, 96, note: filled, colours: halves)),
        MediaRow(
            "patch.webp", "animated, the first picture smaller than the whole",
            .changed(.pillow("Image.new('RGB', (64, 48), (0, 0, 255)).save(path, lossless=True)")) {
                PictureBytes.animation(of: $0, canvas: (128, 96), frame: (64, 48), corner: (64, 48))
            }, .picture(128, 96, note: filled, colours: [ground, ground, ground, .blue])),
        MediaRow(
            "turned.webp", "with a camera's note that it is turned",
            .pillow("exif = Image.Exif()\nexif[0x0112] = 6\nquarters().save(path, quality=95, exif=exif)"),
            .picture(96, 128, colours: turned)),
    ]

    static let bitmaps: [MediaRow] = [
        MediaRow("plain.bmp", "24 bits", .pillow("quarters().save(path)"), .picture(128, 96)),
        MediaRow("layers.bmp", "32 bits", quarters("-pix_fmt bgra"), .picture(128, 96)),
        MediaRow("high.bmp", "16 bits, 5 a colour", quarters("-pix_fmt rgb555le"), .picture(128, 96)),
        MediaRow("masks.bmp", "16 bits, 5, 6 and 5", quarters("-pix_fmt rgb565le"), .picture(128, 96)),
        MediaRow("palette.bmp", "256 colours", .pillow("quarters('P').save(path)"), .picture(128, 96)),
        MediaRow("gray.bmp", "gray", .pillow(grayed + "picture.save(path)"), .picture(128, 96, colours: grays)),
        MediaRow(
            "fax.bmp", "black and white, 1 bit", .pillow(grayed + "picture.convert('1', dither=0).save(path)"),
            .picture(128, 96, colours: [.white, .white, .black, .white])),
        MediaRow("sixteen.bmp", "16 colours", .bytes { PictureBytes.bitmap(depth: 4) }, .picture(64, 64)),
        MediaRow(
            "runs.bmp", "256 colours, run lengths", .bytes { PictureBytes.bitmap(depth: 8, isPacked: true) },
            .picture(64, 64)),
        MediaRow(
            "runs-4.bmp", "16 colours, run lengths", .bytes { PictureBytes.bitmap(depth: 4, isPacked: true) },
            .picture(64, 64)),
        MediaRow(
            "top.bmp", "written from the top", .bytes { PictureBytes.bitmap(depth: 8, isFromTop: true) },
            .picture(64, 64)),
        MediaRow("os2.bmp", "of OS/2", .bytes { PictureBytes.bitmap(depth: 8, isOld: true) }, .picture(64, 64)),
    ]
}
