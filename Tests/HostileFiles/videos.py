"""Videos that name other files, nest without end, or count what is not there."""
import struct

import boxes
import pictures

# Matroska: elements are a number, a length, and content.


def vint(length):
    return struct.pack(">Q", 1 << 56 | length)


def element(identity, content):
    return bytes.fromhex(identity) + vint(len(content)) + content


def number(identity, value):
    return element(identity, value.to_bytes(max(1, (value.bit_length() + 7) // 8), "big"))


EBML = element("1a45dfa3", element("4282", b"matroska") + number("4287", 4) + number("4285", 2))


def opened(mkv):
    """What stands before a Matroska's segment, and what is in it (ffmpeg writes lengths of eight bytes)."""
    at = mkv.index(bytes.fromhex("18538067"))
    return mkv[:at], mkv[at + 12:]


def with_elements(mkv, more):
    """The same Matroska with more in its segment."""
    start, content = opened(mkv)
    return start + element("18538067", more + content)


def attachment(name, kind, content):
    return element("1941a469", element("61a7", element("466e", name) + element("4660", kind)
                                       + element("465c", content) + number("46ae", 77)))


def linked(outside):
    """Says that other files come before and after it."""
    return element("1549a966", element("3cb923", bytes(range(16))) + element("3c83ab", outside.encode())
                   + element("3eb923", bytes(range(16, 32))) + element("3e83bb", outside.encode())
                   + element("4d80", b"x") + element("5741", b"x"))


def chapters(count):
    atom = element("b6", number("73c4", 1) + number("91", 0) + element("80", element("85", b"x")))
    return element("1043a770", element("45b9", atom * count))


def ordered_chapters():
    atom = element("b6", number("73c4", 1) + number("91", 0) + element("6e67", bytes(range(16))))
    return element("1043a770", element("45b9", number("45dd", 1) + atom))


def nested_tags(depth):
    content = element("45a3", b"x")
    for _ in range(depth):
        content = element("67c8", content)
    return element("1254c367", element("7373", content))


def reference(url, kind=b"url ", flags=0):
    content = struct.pack(">I", flags) + url
    return struct.pack(">II", 0, 1) + struct.pack(">I", 8 + len(content)) + kind + content


def alias(path):
    """A file reference of old Macs, as far as FFmpeg reads it."""
    name = path.encode()
    head = bytes(4) + struct.pack(">H", 150) + bytes(4) + bytes([3]) + b"top" + bytes(24)
    head = head.ljust(54, b"\0")[:50] + bytes([min(63, len(name))]) + name[:63].ljust(63, b"\0")
    return head.ljust(150, b"\0") + struct.pack(">hH", 2, len(name)) + name + struct.pack(">h", -1)


def reference_movie(path):
    url = path.encode() + b"\0"
    target = boxes.full("rdrf", b"url " + struct.pack(">I", len(url)) + url)
    return boxes.file_type("qt  ") + boxes.box("moov", boxes.box("rmra", boxes.box("rmda", target) * 3))


def packed_index(size):
    """An index packed with zlib."""
    content = boxes.box("dcom", b"zlib") + boxes.box("cmvd", struct.pack(">I", size) + pictures.zeros(size))
    return boxes.file_type("qt  ") + boxes.box("mdat", bytes(100)) + boxes.box("moov", boxes.box("cmov", content))


def many_tracks(mp4, count):
    def change(path, content):
        if path != ("moov",):
            return None
        parts = boxes.children(content)
        track = next(boxes.box("trak", inner) for kind, inner in parts if kind == b"trak")
        others = b"".join(boxes.box(kind.decode("latin-1"), inner) for kind, inner in parts if kind != b"trak")
        return boxes.box("moov", others + track * count)
    return boxes.rebuilt(mp4, change)


def spread(mp4, width, height):
    """The sample entry says another size."""
    def change(old):
        return old[:8 + 32] + struct.pack(">HH", width, height) + old[8 + 36:] if len(old) > 60 else old
    return boxes.replaced(mp4, "stsd", change)


def avi_headers(avi, offset, value):
    """Four bytes of every stream's header changed, counted from its start."""
    result, at = bytearray(avi), avi.find(b"strh")
    while at >= 0:
        result[at + 8 + offset:at + 12 + offset] = struct.pack("<I", value)
        at = avi.find(b"strh", at + 4)
    return bytes(result)


def rows(mp4, mov, mkv, avi, outside):
    """(name, what it tries, bytes); good files of each kind, the data of MP4 and MOV before the index."""
    url = ("file://" + outside).encode() + b"\0"
    plain = outside.encode() + b"\0"
    path = alias(outside)
    most = 0x0fffffff
    float_nan = struct.pack(">d", float("nan"))
    duration = mkv.find(bytes.fromhex("4489"))
    return [
        ("reference-url.mp4", "says that its samples lie in a file outside", boxes.replaced(mp4, "dref", reference(url))),
        ("reference-path.mp4", "the same, by its path", boxes.replaced(mp4, "dref", reference(plain))),
        ("reference-net.mp4", "says that its samples lie on a server",
         boxes.replaced(mp4, "dref", reference(b"http://127.0.0.1:9/x.mp4\0"))),
        ("reference-alias.mov", "says that its samples lie in a file outside, as old Macs do",
         boxes.replaced(mov, "dref", reference(path, b"alis"))),
        ("reference-resource.mov", "the same, in a resource fork", boxes.replaced(mov, "dref", reference(path, b"rsrc"))),
        ("reference-movie.mov", "a reference movie: only the path of another", reference_movie("file://" + outside)),
        ("linked.mkv", "says that another file comes before and after it", with_elements(mkv, linked(outside))),
        ("chapters-linked.mkv", "chapters that lie in another file", with_elements(mkv, ordered_chapters())),
        ("attachments.mkv", "a program, a font and a script attached",
         with_elements(mkv, attachment(b"../../../owned.sh", b"text/x-sh", b"#!/bin/sh\ntouch owned\n")
                       + attachment(b"/etc/fonts/x.ttf", b"application/x-truetype-font", bytes(1000))
                       + attachment(b"a.exe", b"application/x-msdownload", b"MZ" + bytes(1000)))),
        ("attachment-20mb.mkv", "20 MB attached",
         with_elements(mkv, attachment(b"x.bin", b"application/octet-stream", bytes(20 << 20)))),
        ("many-attachments.mkv", "5,000 files attached", with_elements(mkv, attachment(b"a", b"image/png", b"x") * 5000)),
        ("chapters.mkv", "100,000 chapters", with_elements(mkv, chapters(100_000))),
        ("nested-tags.mkv", "tags 3,000 deep", with_elements(mkv, nested_tags(3000))),
        ("duration-nan.mkv", "a length that is no number", mkv[:duration + 3] + float_nan + mkv[duration + 11:]),
        ("length.mkv", "an element that says it has 2 to the power of 56 bytes",
         EBML + bytes.fromhex("18538067") + b"\1" + b"\xff" * 7 + bytes.fromhex("1549a966") + b"\1" + b"\xff" * 7),
        ("packed-index.mov", "an index that unpacks to 256 MB", packed_index(256 << 20)),
        ("nested.mp4", "boxes 100,000 deep", boxes.file_type() + boxes.nested(["moov", "trak", "mdia", "minf"], 100_000)),
        ("nested-meta.mp4", "user data 100,000 deep", boxes.file_type() + boxes.nested(["moov", "udta"], 100_000)),
        ("many-tracks.mp4", "1,000 tracks", many_tracks(mp4, 1000)),
        ("many-samples.mp4", "says that it has 268,435,455 samples of one byte",
         boxes.replaced(boxes.replaced(mp4, "stsz", struct.pack(">III", 0, 1, most)),
                        "stsc", struct.pack(">IIIII", 0, 1, 1, most, 1))),
        ("table-lie.mp4", "a table that says it has 4,294,967,295 rows",
         boxes.replaced(mp4, "stts", struct.pack(">IIII", 0, 0xffffffff, 1, 1))),
        ("times-lie.mp4", "a second table of times that says it has 4,294,967,295 rows",
         boxes.replaced(mp4, "ctts", struct.pack(">II", 0, 0xffffffff))),
        ("no-time.mp4", "pictures that last no time", boxes.replaced(mp4, "stts", struct.pack(">IIII", 0, 1, 25, 0))),
        ("much-time.mp4", "pictures that last 4,294,967,295 units each",
         boxes.replaced(mp4, "stts", struct.pack(">IIII", 0, 1, 25, 0xffffffff))),
        ("no-scale.mp4", "no units of time a second", boxes.replaced(mp4, "mdhd", bytes(4 + 8) + bytes(12))),
        ("edits.mp4", "an edit list of 100,000 parts",
         boxes.replaced(mp4, "elst", struct.pack(">II", 0, 100_000) + struct.pack(">Iihh", 10, 0, 1, 0) * 100_000)),
        ("edits-back.mp4", "an edit list that plays backwards",
         boxes.replaced(mp4, "elst", struct.pack(">II", 0, 1) + struct.pack(">Iihh", 0xffffffff, -0x80000000, -1, 0))),
        ("huge-frame.mp4", "says that it has 65,535 x 65,535 pixels", spread(mp4, 65535, 65535)),
        ("size-zero.mp4", "says that it has no pixels", spread(mp4, 0, 0)),
        ("chunk-far.mp4", "data that lies behind its end",
         boxes.replaced(mp4, "stco", lambda old: old[:8] + b"\xff\xff\xff\xf0" * ((len(old) - 8) // 4))),
        ("only-header.mp4", "a header and nothing else", boxes.file_type()),
        ("entry-unknown.mp4", "a codec that does not exist",
         boxes.replaced(mp4, "stsd", lambda old: old[:12] + b"zzzz" + old[16:])),
        ("rate-zero.avi", "0 pictures a second", avi_headers(avi, 24, 0)),
        ("scale-zero.avi", "pictures of no length", avi_headers(avi, 20, 0)),
        ("rate-most.avi", "4,294,967,295 pictures a second", avi_headers(avi, 24, 0xffffffff)),
        ("length-most.avi", "says that it has 4,294,967,295 pictures", avi_headers(avi, 32, 0xffffffff)),
        ("sample-size.avi", "samples of 4,294,967,295 bytes", avi_headers(avi, 44, 0xffffffff)),
        ("streams.avi", "says that it has 4,294,967,295 streams",
         avi.replace(b"avih" + avi[avi.find(b"avih") + 4:][:28], b"avih" + avi[avi.find(b"avih") + 4:][:24]
                     + b"\xff\xff\xff\xff", 1)),
    ]
