"""MP4 and MOV in pieces: boxes made by hand, and a whole file taken apart and put together again."""
import struct


def box(kind, content=b""):
    return struct.pack(">I", 8 + len(content)) + kind.encode("latin-1") + content


def full(kind, content=b"", flags=0, version=0):
    """A box with version and flags."""
    return box(kind, struct.pack(">I", version << 24 | flags) + content)


HOLDERS = {b"moov", b"trak", b"mdia", b"minf", b"stbl", b"dinf", b"edts", b"udta"}


def children(data):
    """(kind, content) of the boxes in `data`."""
    found, offset = [], 0
    while offset + 8 <= len(data):
        size, kind = struct.unpack(">I4s", data[offset:offset + 8])
        if size < 8:
            break
        found.append((kind, data[offset + 8:offset + size]))
        offset += size
    return found


def rebuilt(data, change, path=()):
    """The file anew: `change(path, content)` gives a box's new bytes, None to keep it, b"" to drop it.

    For files whose data comes before the index, so that no offset has to move.
    """
    result = b""
    for kind, content in children(data):
        here = path + (kind.decode("latin-1"),)
        new = change(here, content)
        if new is None:
            inner = rebuilt(content, change, here) if kind in HOLDERS else content
            new = struct.pack(">I", 8 + len(inner)) + kind + inner
        result += new
    return result


def replaced(data, kind, content):
    """The same file with other bytes in every box of a kind."""
    def change(path, old):
        return box(kind, content(old) if callable(content) else content) if path[-1] == kind else None
    return rebuilt(data, change)


def nested(kinds, depth):
    """A box in a box in a box."""
    sizes = 8 * depth
    parts = [struct.pack(">I", sizes - 8 * level) + kinds[level % len(kinds)].encode() for level in range(depth)]
    return b"".join(parts)


def file_type(brand="isom"):
    return box("ftyp", brand.encode() + struct.pack(">I", 512) + brand.encode() + b"mp41")
