"""Sounds that lie about their length, rate or parts."""
import struct

import boxes
import pictures


def wave(rate=16_000, channels=1, bits=16, data=bytes(32_000), size=None, align=None, tag=1, more=b""):
    """A WAV file; `size` is what its header says."""
    size = len(data) if size is None else size
    align = channels * bits // 8 & 0xffff if align is None else align
    form = struct.pack("<HHIIHH", tag, channels, rate, rate * align & 0xffffffff, align, bits) + more
    content = b"WAVEfmt " + struct.pack("<I", len(form)) + form + b"data" + struct.pack("<I", size & 0xffffffff) + data
    return b"RIFF" + struct.pack("<I", 4 + len(content) & 0xffffffff) + content


def synchsafe(number):
    return bytes(number >> shift & 127 for shift in (21, 14, 7, 0))


def id3(frames, flags=0, size=None, version=4):
    return b"ID3" + bytes([version, 0, flags]) + synchsafe(len(frames) if size is None else size) + frames


def id3_frame(kind, content, flags=0, version=4):
    size = synchsafe(len(content)) if version == 4 else struct.pack(">I", len(content))
    return kind + size + struct.pack(">H", flags) + content


def frame_size(frame):
    return (frame[3] & 3) << 11 | frame[4] << 3 | frame[5] >> 5


def repeated(aac, hours, rate=8000):
    """ADTS whose second frame is repeated for hours (1024 samples a frame)."""
    first = frame_size(aac)
    frame = aac[first:first + frame_size(aac[first:])]
    return frame * (hours * 3600 * rate // 1024)


def flac(total, frames, rate=8000):
    """FLAC whose header says `total` samples; each frame is 65,535 samples of silence in a dozen bytes."""
    info = struct.pack(">HH", 65535, 65535) + bytes(6)
    info += struct.pack(">Q", rate << 44 | 0 << 41 | 15 << 36 | total) + bytes(16)
    data = b"fLaC\x80" + struct.pack(">I", len(info))[1:] + info
    return data + b"".join(flac_frame(number) for number in range(frames))


def flac_frame(number):
    code = number_code(number)
    head = bytes([0xff, 0xf8, 0x74, 0x08]) + code + struct.pack(">H", 65534)
    head += bytes([crc(head, 8, 0x07)])
    body = head + bytes([0x00, 0x00, 0x00])  # constant 0 of 16 bits
    return body + struct.pack(">H", crc(body, 16, 0x8005))


def number_code(number):
    """As UTF-8 would write it."""
    return chr(number).encode("utf-8", "surrogatepass")


def crc(data, bits, polynomial):
    value, top, mask = 0, 1 << bits - 1, (1 << bits) - 1
    for byte in data:
        value ^= byte << bits - 8
        for _ in range(8):
            value = (value << 1 ^ polynomial if value & top else value << 1) & mask
    return value


def aiff(rate, frames=16_000, data=bytes(32_000)):
    """`rate` as the ten bytes of a long float."""
    comm = struct.pack(">hIh", 1, frames, 16) + rate
    form = b"AIFF" + b"COMM" + struct.pack(">I", len(comm)) + comm
    form += b"SSND" + struct.pack(">I", 8 + len(data)) + bytes(8) + data
    return b"FORM" + struct.pack(">I", len(form)) + form


def caf(rate, packet=2, frames=1, channels=1, data=bytes(32_000), size=None):
    desc = struct.pack(">d4sIIIII", rate, b"lpcm", 0, packet, frames, channels, 16)
    data = bytes(4) + data
    size = len(data) if size is None else size
    return (b"caff\0\1\0\0desc" + struct.pack(">Q", len(desc)) + desc
            + b"data" + struct.pack(">q", size) + data)


def long_m4a(m4a, hours):
    """A silent M4A whose table repeats one sample for hours."""
    count = hours * 3600 * 16_000 // 1024
    changed = boxes.replaced(m4a, "stts", struct.pack(">IIII", 0, 1, count, 1024))
    changed = boxes.replaced(changed, "stsz", struct.pack(">III", 0, 4, count))
    return boxes.replaced(changed, "stsc", struct.pack(">IIIII", 0, 1, 1, count, 1))


def rows(speech, mp3, fast, m4a, ogg, silence, face):
    """(name, what it tries, bytes); good files of each kind (`fast`: MP3 of another rate; `silence`: AAC of 8000 Hz)."""
    picture = pictures.with_chunks(face, after=bytes(100 << 20))
    apic = b"\0image/png\0\3\0"
    guid = b"\xff" * 16
    return [
        ("silence-10h.aac", "10 hours of silence in 4 MB", repeated(silence, 10)),
        ("silence-10h.flac", "10 hours of silence in 75 KB, its length told", flac(36_000 * 8000, 4395)),
        ("silence-untold.flac", "10 hours of silence in 75 KB, its length not told", flac(0, 4395)),
        ("silence-10h.m4a", "10 hours of AAC, its table repeats one sample", long_m4a(m4a, 10)),
        ("silence-1000h.wav", "8-bit silence at 1 sample a second: 1 MB are 291 hours",
         wave(rate=1, bits=8, data=bytes([128]) * (1 << 20))),
        ("picture-100mb.mp3", "a cover of 100 MB", id3(id3_frame(b"APIC", apic + picture)) + mp3),
        ("packed-tag.mp3", "a tag that unpacks to 256 MB",
         id3(id3_frame(b"APIC", synchsafe((256 << 20) - 1) + pictures.zeros(256 << 20), flags=0x0009)) + mp3),
        ("packed-tag-3.mp3", "an older tag that unpacks to 256 MB",
         id3(id3_frame(b"APIC", struct.pack(">I", 256 << 20) + pictures.zeros(256 << 20), flags=0x0080, version=3),
             version=3) + mp3),
        ("tag-length.mp3", "a tag that says it has 256 MB", id3(b"TIT2", size=(1 << 28) - 1) + mp3),
        ("rates.mp3", "changes its rate again and again", (mp3 + fast) * 5),
        ("many-tags.mp3", "20,000 texts in its tag", id3(id3_frame(b"TXXX", b"\3a\0b") * 20_000) + mp3),
        ("tag-words.mp3", "a title that writes to the terminal",
         id3(id3_frame(b"TIT2", b"\3\x1b]0;owned\x07\x1b[2J\xe2\x80\xae")) + mp3),
        ("size-lie.wav", "says that it has 4 GB", wave(size=0xfffffff0)),
        ("size-zero.wav", "says that it has no samples", wave(size=0)),
        ("channels.wav", "65,535 channels", wave(channels=65535)),
        ("channels-255.wav", "255 channels", wave(channels=255, data=bytes(255 * 2 * 1000))),
        ("rate-most.wav", "4,294,967,295 samples a second", wave(rate=0xffffffff)),
        ("rate-high.wav", "2,147,483,647 samples a second", wave(rate=0x7fffffff)),
        ("rate-zero.wav", "no samples a second", wave(rate=0)),
        ("no-bits.wav", "samples of no bits", wave(bits=0, align=0)),
        ("bits.wav", "samples of 65,535 bits", wave(bits=65535, align=2)),
        ("align.wav", "blocks of no bytes", wave(align=0)),
        ("unknown-form.wav", "a format that does not exist",
         wave(tag=0xfffe, more=struct.pack("<HHI", 22, 16, 1) + guid)),
        ("chunks.wav", "a million empty chunks",
         b"RIFF" + struct.pack("<I", 4 + 8_000_000) + b"WAVE" + b"junk\0\0\0\0" * 1_000_000),
        ("chunk-back.wav", "a chunk whose length leads back",
         b"RIFF\xff\xff\xff\xffWAVE" + b"junk\xf8\xff\xff\xff" * 1000 + wave()[12:]),
        ("rate-nan.aiff", "a rate that is no number", aiff(b"\x7f\xff\xc0\0\0\0\0\0\0\0")),
        ("rate-endless.aiff", "a rate without end", aiff(b"\x7f\xff\x80\0\0\0\0\0\0\0")),
        ("rate-minus.aiff", "a negative rate", aiff(b"\xc0\x0e\xbb\x80\0\0\0\0\0\0")),
        ("rate-nan.caf", "a rate that is no number", caf(float("nan"))),
        ("rate-endless.caf", "a rate without end", caf(float("inf"))),
        ("rate-tiny.caf", "a rate of 1e-300", caf(1e-300)),
        ("packets.caf", "packets of no bytes", caf(16_000.0, packet=0, frames=0)),
        ("size-minus.caf", "data of -2 bytes", caf(16_000.0, size=-2)),
        ("picture.ogg", "a page of comments that says it has 4 GB",
         ogg.replace(b"\3vorbis", b"\3vorbis\xff\xff\xff\xff", 1)),
        ("length-lie.flac", "says that it has 2 to the power of 36 samples", flac((1 << 36) - 1, 3)),
        ("block-length.flac", "a block of 16 MB that is not there", b"fLaC\6\xff\xff\xff" + bytes(100)),
        ("lacing.ogg", "a page whose parts do not fit", ogg[:26] + b"\xff" + b"\xff" * 255 + ogg[28:]),
        ("protocol/file:secret.wav", "a name that FFmpeg takes for an address", speech),
        ("protocol/concat:a|b.wav", "a name that FFmpeg takes for an address", speech),
        ("protocol/subfile,,start,0,end,99,,:c.wav", "a name that FFmpeg takes for an address", speech),
        ("protocol/pipe:0.wav", "a name that FFmpeg takes for an address", speech),
        ("protocol/-i.wav", "a name that looks like an option", speech),
        ("protocol/$(touch owned).wav", "a name that a shell would run", speech),
        ("protocol/%s%s%n%p.wav", "a name that printf would fill in", speech),
    ]
