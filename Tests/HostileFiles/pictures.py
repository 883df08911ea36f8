"""Pictures that ask for more memory or time than they are worth, or that name other files."""
import functools
import gzip
import struct
import zlib

MARK = b"\x89PNG\r\n\x1a\n"


def chunk(kind, content=b""):
    body = kind + content
    return struct.pack(">I", len(content)) + body + struct.pack(">I", zlib.crc32(body))


def header(width, height, depth=8, colour=0):
    return chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, depth, colour, 0, 0, 0))


@functools.cache
def zeros(count):
    """So many zero bytes, packed; a thousandth of them."""
    packer = zlib.compressobj(6)
    block = bytes(1 << 20)
    packed = b"".join(packer.compress(block) for _ in range(count >> 20))
    return packed + packer.compress(bytes(count & (1 << 20) - 1)) + packer.flush()


def png(width, height, data, depth=8, colour=0, extra=b""):
    return MARK + header(width, height, depth, colour) + extra + chunk(b"IDAT", data) + chunk(b"IEND")


def grey(width=320, height=240):
    return zlib.compress(bytes((1 + width) * height))


def split(png_bytes):
    """(kind, whole chunk) of a PNG."""
    found, offset = [], 8
    while offset + 12 <= len(png_bytes):
        size = struct.unpack(">I", png_bytes[offset:offset + 4])[0]
        found.append((png_bytes[offset + 4:offset + 8], png_bytes[offset:offset + 12 + size]))
        offset += 12 + size
    return found


def with_chunks(face, before=b"", after=b""):
    """The face with more chunks before its data, or bytes behind its end."""
    result = MARK
    for kind, whole in split(face):
        if kind == b"IDAT" and before:
            result, before = result + before, b""
        result += whole
    return result + after


def riff(kind, content):
    return b"RIFF" + struct.pack("<I", 4 + len(content)) + kind + content


def piece(kind, content):
    return kind + struct.pack("<I", len(content)) + content + bytes(len(content) % 2)


def little24(number):
    return struct.pack("<I", number)[:3]


def bitmap(width, height, data, depth=8, packing=0, palette=bytes(1024)):
    start = 54 + len(palette)
    return (b"BM" + struct.pack("<IHHI", start + len(data), 0, 0, start)
            + struct.pack("<IiiHHIIiiII", 40, width, height, 1, depth, packing, len(data), 0, 0, 256, 0) + palette + data)


def jpeg_with_exif(jpeg, tiff):
    content = b"Exif\0\0" + tiff
    return jpeg[:2] + b"\xff\xe1" + struct.pack(">H", 2 + len(content)) + content + jpeg[2:]


def jpeg_of_size(jpeg, width, height):
    """The frame header says another size."""
    for marker in (b"\xff\xc0", b"\xff\xc2"):
        at = jpeg.find(marker)
        if at >= 0:
            return jpeg[:at + 5] + struct.pack(">HH", height, width) + jpeg[at + 9:]
    raise ValueError("no frame header")


def rows(face, jpeg, outside):
    """(name, what it tries, bytes); `face` and `jpeg` are a good PNG and JPEG."""
    big = 60_000
    bomb = zeros(big * (1 + big // 8))
    loop = b"II*\0\x08\0\0\0" + b"\1\0" + b"\x12\1\3\0\1\0\0\0\1\0\0\0" + b"\x08\0\0\0"
    frames = b"".join(
        chunk(b"fcTL", struct.pack(">IIIIIHHBB", 2 * n, 320, 240, 0, 0, 1, 1, 0, 0))
        + chunk(b"fdAT", struct.pack(">I", 2 * n + 1) + grey()) for n in range(2000))
    vp8l = b"\x2f" + struct.pack("<I", 16383 | 16383 << 14) + bytes(30)
    canvas = b"\0\0\0\0" + little24((1 << 24) - 1) + little24((1 << 24) - 1)
    return [
        ("bomb.png", "60,000 x 60,000 pixels in 440 KB", png(big, big, bomb, depth=1)),
        ("bomb-promise.png", "2,147,483,647 x 2,147,483,647 pixels", png(0x7fffffff, 0x7fffffff, grey())),
        ("bomb-behind.png", "says 320 x 240, and unpacks to 256 MB", png(320, 240, zeros(256 << 20))),
        ("bomb-text.png", "a text that unpacks to 256 MB",
         with_chunks(face, chunk(b"zTXt", b"Comment\0\0" + zeros(256 << 20)))),
        ("bomb-profile.png", "a colour profile that unpacks to 256 MB",
         with_chunks(face, chunk(b"iCCP", b"x\0\0" + zeros(256 << 20)))),
        ("bomb-frames.png", "an animation that says it has 4,294,967,295 frames",
         with_chunks(face, chunk(b"acTL", struct.pack(">II", 0xffffffff, 0)), b"")),
        ("many-frames.png", "an animation of 2,000 frames",
         with_chunks(face, chunk(b"acTL", struct.pack(">II", 2001, 0))
                     + chunk(b"fcTL", struct.pack(">IIIIIHHBB", 0, 960, 720, 0, 0, 1, 1, 0, 0)))[:-12]
         + frames + chunk(b"IEND")),
        ("packed.png", "a PNG packed with gzip", gzip.compress(face)),
        ("packed-bomb.jpg", "256 MB of zeros packed with gzip", b"\x1f\x8b\x08" + bytes(7) + zeros(256 << 20)[2:]),
        ("short-data.png", "320 x 240 pixels, ten bytes of data", png(320, 240, zlib.compress(bytes(10)))),
        ("palette.png", "a palette picture without a palette", png(320, 240, grey(), colour=3)),
        ("chunks.png", "100,000 empty chunks", with_chunks(face, chunk(b"teSt") * 100_000)),
        ("length.png", "a chunk that says it has 4 GB", with_chunks(face, b"\xff\xff\xff\xfcteSt")),
        ("tail.png", "a shell script and a ZIP behind its end",
         with_chunks(face, after=b"\n#!/bin/sh\ntouch %s.run\nPK\5\6" % outside.encode() + bytes(18))),
        ("bomb.jpg", "says that it has 65,500 x 65,500 pixels", jpeg_of_size(jpeg, 65500, 65500)),
        ("bomb-below-limit.jpg", "says that it has 10,900 x 10,900 pixels", jpeg_of_size(jpeg, 10900, 10900)),
        ("exif-loop.jpg", "a camera's note that points at itself", jpeg_with_exif(jpeg, loop)),
        ("exif-far.jpg", "a camera's note that points behind its end",
         jpeg_with_exif(jpeg, b"MM\0*\xff\xff\xff\xf0" + bytes(8))),
        ("jpeg-zip.jpg", "a ZIP behind its end", jpeg + b"PK\3\4" + bytes(100) + b"PK\5\6" + bytes(18)),
        ("bomb.webp", "an animation of 16,777,216 x 16,777,216 pixels",
         riff(b"WEBP", piece(b"VP8X", canvas) + piece(b"VP8L", vp8l))),
        ("bomb-lossless.webp", "16,384 x 16,384 pixels in 40 bytes", riff(b"WEBP", piece(b"VP8L", vp8l))),
        ("frame-outside.webp", "an animation whose frame lies outside its canvas",
         riff(b"WEBP", piece(b"VP8X", b"\2\0\0\0" + little24(319) + little24(239))
              + piece(b"ANIM", bytes(6)) + piece(b"ANMF", little24(0xffffff) + little24(0xffffff) + little24(319)
                                                 + little24(239) + bytes(4) + piece(b"VP8L", vp8l)))),
        ("chunk-length.webp", "a chunk that says it has 4 GB",
         riff(b"WEBP", b"VP8X\xff\xff\xff\xff" + canvas)),
        ("bomb.bmp", "2,147,483,647 x 2,147,483,647 pixels", bitmap(0x7fffffff, 0x7fffffff, bytes(10))),
        ("upside.bmp", "a height of -2,147,483,648", bitmap(320, -0x80000000, bytes(100))),
        ("bomb-runs.bmp", "10,000 x 10,000 pixels in 1 KB, by run lengths", bitmap(10_000, 10_000, b"\0\1", packing=1)),
        ("bitfields.bmp", "colours of no bits", bitmap(320, 240, bytes(320 * 240 * 2), depth=16, packing=3)),
        ("pattern-%03d.png", "a name that FFmpeg takes for a row of pictures", face),
        ("pattern-*.png", "a name that FFmpeg takes for a row of pictures", face),
    ]
