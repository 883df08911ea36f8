#!/usr/bin/env python3
"""fuzz.py SAMPLES INBOX COUNT SEED: COUNT damaged copies of each kind of media in INBOX/fuzz, each with a good partner.

The same seed gives the same files. Prints how many items it made.
"""
import os
import random
import struct
import sys
import tempfile

import bases

EXTREMES = [0, 1, 0x7f, 0x80, 0xff, 0x7fff, 0xffff, 0x7fffffff, 0x80000000, 0xffffffff]


def overwrite(data, dice):
    """Some bytes; half of the hits go to the beginning, where the structure is."""
    for _ in range(dice.randint(1, 12)):
        reach = min(len(data), 1500) if dice.random() < 0.5 else len(data)
        data[dice.randrange(reach)] = dice.randrange(256)


def flip(data, dice):
    for _ in range(dice.randint(1, 4)):
        data[dice.randrange(len(data))] ^= 1 << dice.randrange(8)


def put_number(data, dice):
    """A number at an extreme, of either byte order."""
    for _ in range(dice.randint(1, 3)):
        at = dice.randrange(max(1, min(len(data), 3000) - 4))
        data[at:at + 4] = struct.pack(dice.choice("<>") + "I", dice.choice(EXTREMES))


def cut(data, dice):
    del data[dice.randrange(len(data)):]


def take_out(data, dice):
    at = dice.randrange(len(data))
    del data[at:at + dice.randint(1, 64)]


def repeat(data, dice):
    at = dice.randrange(len(data))
    data[at:at] = data[at:at + dice.randint(1, 256)] * dice.randint(1, 20)


def exchange(data, dice):
    """Two stretches in each other's place."""
    size = dice.randint(1, max(1, min(512, len(data) // 4)))
    one, two = sorted(dice.randrange(max(1, len(data) - size)) for _ in range(2))
    data[one:one + size], data[two:two + size] = data[two:two + size], data[one:one + size]


CHANGES = [overwrite, overwrite, flip, put_number, put_number, cut, take_out, repeat, exchange]


def damaged(content, seed):
    dice = random.Random(seed)
    data = bytearray(content)
    for _ in range(dice.choice([1, 1, 1, 2, 3])):
        if data:
            dice.choice(CHANGES)(data, dice)
    return bytes(data)


def main(samples, inbox, count, seed):
    batch = os.path.join(inbox, "fuzz")
    with tempfile.TemporaryDirectory() as scratch:
        good = {name: bases.read(path) for name, path in bases.make(scratch, samples, seconds=0.2).items()}
    for name, content in good.items():
        stem, ending = os.path.splitext(name)
        folder = "sounds" if name in bases.SOUNDS else "faces"
        for number in range(count):
            path = f"{folder}/{ending[1:]}-{stem}-{number:03d}{ending}"
            bases.write(batch, path, damaged(content, f"{seed}/{name}/{number}"))
            if folder == "faces":
                bases.put_points(batch, path)
    bases.write(batch, "sounds/avatar.png", good["face.png"])
    bases.put_points(batch, "sounds/avatar.png")
    bases.write(batch, "faces/audio.wav", good["speech.wav"])
    bases.write(batch, "batch.ready", b"")
    print(len(good) * count)


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2], int(sys.argv[3]), sys.argv[4])
