"""Flight of the Amazon Queen, an adventure game whose 6,700 lines are spoken by actors: its voice files and their texts.

One file holds everything: a table (name, place, length) and the files themselves. Dialogs (.DOG), scenes (.CUT) and a
list of remarks (QUEEN2.JAS) have the texts; the name of a line's voice files follows from where the line stands.
"""

import io
import re
import struct

import numpy as np
import soundfile

from . import sounds
from .clips import Clip, pcm

FILE = "usr/share/scummvm/flight-of-the-amazon-queen/queen.1c"
#: Remarks of the hero that fit any thing come first in the numbering of his voice files, though last in the list.
REMARKS = 40
#: Where texts begin in a dialog or scene, after a header of bytes that say nothing of them.
HEADER = 20


def files(data):
    """{name: bytes} of the table at the head of the data."""
    found, at = {}, 15
    for _ in range(struct.unpack_from(">H", data, 13)[0]):
        name = data[at:at + 12].split(b"\0")[0].decode()
        place, length = struct.unpack_from(">II", data, at + 13)
        found[name] = data[place:place + length]
        at += 21
    return found


def _string(data, at, align):
    """A string with its length before it, and where the next thing stands."""
    length = data[at]
    at += 1
    end = (at + length + align - 1) & -align if length else at
    return data[at:at + length].decode("cp437"), end


def _dialog(name, data):
    """Lines of a conversation: those of the other person (P), then the hero's (J)."""
    who = name[:-4].rstrip("0123456789")
    levels, _, key, heros, others = struct.unpack_from(">5h", data)
    first, _, again = struct.unpack_from(">3H", data, 22)
    for at, count, side in ((first, others, "P"), (32 + abs(levels) * 96, heros, "J")):
        for _ in range(count):
            text, after = _string(data, at + 4, 4)
            yield "%2d%4x%s" % (key, struct.unpack_from(">H", data, at + 2)[0], side), text, who
            at = after
    greeting, at = _string(data, again, 2)
    yield "%2dXXXXP" % key, greeting, who
    yield "%2dXXXXJ" % key, _string(data, at, 2)[0], who


def _scene(name, data):
    at = struct.unpack_from(">H", data, 8)[0]
    _, at = _string(data, at, 2)
    for number in range(abs(struct.unpack_from(">h", data, 2)[0])):
        text, at = _string(data, at, 2)
        yield "%s%02d" % (name[:-4].ljust(5, "_"), number + 1), text, "scenes"


def _remarks(data):
    lines = data.decode("cp437").split("\r\n")
    end = next(index for index, line in enumerate(lines) if re.match(r"\d{3},\d{3},", line))
    for number, line in enumerate(lines[end - REMARKS:end] + lines[:end - REMARKS]):
        yield "JOE%04d" % (number + 1), line, "JOE"


def lines(packed):
    """(start of the names of its voice files, text with stage directions, who says it) of every line."""
    for name, data in sorted(packed.items()):
        if name.endswith(".DOG"):
            yield from _dialog(name, data[HEADER:])
        elif name.endswith(".CUT"):
            yield from _scene(name, data[HEADER:])
    yield from _remarks(packed["QUEEN2.JAS"])


def parts(text):
    """A line's text cut at its stage directions, as its voice files are: "*" and two signs, *XY with a place."""
    return re.split(r"\*XY.{11}|\*..", text)


def clips(package):
    """Clips of 0.4 to 15 s without phone times yet; the hero's are one speaker, wherever he says them."""
    with open(package + "/" + FILE, "rb") as file:
        packed = files(file.read())
    made, seen = [], set()
    for start, text, who in lines(packed):
        for number, part in enumerate(parts(text)):
            voice = ("%s%x" % (start, number + 1)).replace(" ", "0").upper() + ".SB"
            words = re.sub(r'[\^_"]', " ", part).strip()
            if voice not in packed or voice in seen or not re.search("[a-zA-Z]", words):
                continue
            seen.add(voice)
            sound, rate = soundfile.read(io.BytesIO(packed[voice]), dtype="float32", always_2d=True)
            sound = sounds.resampled(sound.mean(1), rate)
            if 0.4 < len(sound) / 16000 < 15 and np.abs(sound).max() > 0.01:
                speaker = "queen-JOE" if start.endswith("J") else "queen-" + who
                made.append(Clip(voice, "human", speaker, pcm(0.9 * sound), [], words, "en"))
    return made
