#!/usr/bin/env python3
"""make.py SAMPLES INBOX OUTSIDE: one batch of hostile files in the folder INBOX/hostile, each with a good partner.

OUTSIDE is the path of a file that many of them name, and that nothing may open. Prints a JSON list of what was made:
the path in the inbox, and what it tries.
"""
import json
import os
import sys
import tempfile

import bases
import pictures
import scripts
import sounds
import videos

SOUND_ENDINGS = {".wav", ".mp3", ".m4a", ".aac", ".flac", ".ogg", ".opus", ".wma", ".aiff", ".caf"}
PICTURE_ENDINGS = {".png", ".jpg", ".webp", ".bmp"}


def folder_of(name):
    ending = os.path.splitext(name)[1]
    return "sounds" if ending in SOUND_ENDINGS else "pictures" if ending in PICTURE_ENDINGS else "videos"


def main(samples, inbox, outside):
    batch = os.path.join(inbox, "hostile")
    with tempfile.TemporaryDirectory() as scratch:
        good = {name: bases.read(path) for name, path in bases.make(scratch, samples).items()}
        quiet = os.path.join(scratch, "silence.aac")
        bases.ffmpeg("-f lavfi -i anullsrc=r=8000:cl=mono -t 1 -b:a 8k", quiet)
        silence = bases.read(quiet)
        other = os.path.join(scratch, "other.mp3")
        bases.ffmpeg(f"-i {os.path.join(scratch, 'speech.wav')} -ar 44100", other)
        fast = bases.read(other)
    made = []
    for section, rows in [
        ("Scripts under media names", scripts.rows(outside)),
        ("Pictures", pictures.rows(good["face.png"], good["face.jpg"], outside)),
        ("Sounds", sounds.rows(good["speech.wav"], good["speech.mp3"], fast, good["speech.m4a"], good["speech.ogg"],
                               silence, good["face.png"])),
        ("Videos", videos.rows(good["face.mp4"], good["face.mov"], good["face.mkv"], good["face.avi"], outside)),
    ]:
        for name, tries, content in rows:
            path = os.path.join(folder_of(name), name)
            bases.write(batch, path, content)
            if folder_of(name) != "sounds":
                bases.put_points(batch, path)
            made.append({"section": section, "path": path, "tries": tries, "bytes": len(content)})
    bases.write(batch, "sounds/avatar.png", good["face.png"])
    bases.put_points(batch, "sounds/avatar.png")
    for folder in ("pictures", "videos"):
        bases.write(batch, f"{folder}/audio.wav", good["speech.wav"])
    bases.write(batch, "batch.ready", b"")
    json.dump(made, sys.stdout)


if __name__ == "__main__":
    main(*sys.argv[1:])
