"""What soak/kills drops into the inbox: batches of every shape, written as people and programs write, each byte known.

Every file has a content of its own, so that it can be found again wherever it has gone.
"""
import array
import hashlib
import json
import math
import os
import struct
import subprocess
import threading
import time
import wave
import zlib
from dataclasses import dataclass
from io import BytesIO

RATE = 16_000


@dataclass
class Drop:
    """One file that lies under its final name, all of it."""
    path: str
    role: str  # audio, avatar, points, marker, other
    sha256: str
    inode: int
    batch: str  # the title of its marker
    status: str = ""  # of an audio or a lone avatar: what its row has to say
    seconds: float = 0


class Media:
    """Small pictures and short sounds, each with a content of its own."""

    def __init__(self, samples, scratch):
        target = os.path.join(scratch, "face.png")
        source = os.path.join(samples, "presenter.png")
        subprocess.run(["ffmpeg", "-v", "error", "-y", "-i", source, "-vf", "scale=240:240", target], check=True)
        self.picture = open(target, "rb").read()
        points = json.load(open(os.path.join(samples, "presenter.face.json")))
        # the sample's numbers are pixels of a picture of 960 x 960
        self.face = {name: [round(value / 960, 4) for value in pair] for name, pair in points.items()}

    def avatar(self, label):
        """The picture with a text chunk before its end."""
        body = b"tEXt" + b"Comment\0" + label.encode()
        chunk = struct.pack(">I", len(body) - 4) + body + struct.pack(">I", zlib.crc32(body))
        return self.picture[:-12] + chunk + self.picture[-12:]

    def points(self, label):
        # blanks and tabs after the end say which one it is
        mark = f"{zlib.crc32(label.encode()):032b}".replace("0", " ").replace("1", "\t")
        return f"{json.dumps(self.face)}{mark}\n".encode()

    def sound(self, seconds, random):
        """A voice-like hum that swells and ebbs, with noise."""
        count, pitch, beat = round(seconds * RATE), random.uniform(100, 240), random.uniform(2, 5)
        samples = array.array("h", (
            int((9000 * math.sin(2 * math.pi * pitch * i / RATE) + random.uniform(-900, 900))
                * abs(math.sin(math.pi * beat * i / RATE))) for i in range(count)))
        file = BytesIO()
        with wave.open(file, "wb") as sound:
            sound.setnchannels(1)
            sound.setsampwidth(2)
            sound.setframerate(RATE)
            sound.writeframes(samples.tobytes())
        return file.getvalue()


class People:
    """Drops batch after batch into an inbox, several at a time."""

    def __init__(self, inbox, staging, media):
        self.inbox, self.staging, self.media = inbox, staging, media
        self.drops, self.titles = [], []
        self.lock = threading.Lock()
        self.writing = 0

    def drop_batch(self, number, random, is_delivered):
        """Writes one whole batch.

        - is_delivered: whether the batch with a title stands in the outbox.
        """
        with self.lock:
            self.writing += 1
        shape = [self.shared_face, self.partners, self.tags, self.loose, self.marker_first, self.whole_folder,
                 self.again][number % 7]
        try:
            shape(number, random, is_delivered)
        finally:
            with self.lock:
                self.writing -= 1

    # Shapes

    def shared_face(self, number, random, _):
        folder, title = f"shared {number}", f"soak {number}"
        self.avatar(f"{folder}/avatar.png", title, random)
        for part in range(random.randint(2, 4)):
            self.audio(f"{folder}/{number:04d} {part} Anna.wav", title, random)
        self.marker(f"{folder}/batch.ready", title, random)

    def partners(self, number, random, _):
        folder, title = f"partners {number}", f"soak {number}"
        for part in range(random.randint(1, 3)):
            self.audio(f"{folder}/{number:04d}-{part}.wav", title, random)
            self.avatar(f"{folder}/{number:04d}-{part}.png", title, random)
        self.audio(f"{folder}/{number:04d}-lonely.wav", title, random, "unpaired")
        if random.random() < 0.5:
            self.avatar(f"{folder}/{number:04d}-waits.png", title, random, status="unpaired", has_points=False)
        self.marker(f"{folder}/batch.ready", title, random)

    def tags(self, number, random, _):
        folder, title = f"tags {number}", f"soak {number}"
        self.audio(f"{folder}/{number:04d}-a.wav", title, random)
        self.audio(f"{folder}/vip/{number:04d}-b.wav", title, random)
        self.write(f"{folder}/vip/{number:04d}-bad.wav", f"this is no sound, {number}\n".encode(), "audio", title,
                   random, "rejected")
        self.write(f"{folder}/notes.txt", f"notes of batch {number}\n".encode(), "other", title, random)
        self.avatar(f"{folder}/avatar.png", title, random)
        self.marker(f"{folder}/batch.ready", title, random)

    def loose(self, number, random, _):
        """Loose files have a batch of their own only if no others lie there: this shape comes one at a time."""
        with self.loose_turn:
            title = f"soak {number}"
            for part in range(random.randint(1, 2)):
                self.audio(f"loose {number:04d}-{part}.wav", title, random)
                self.avatar(f"loose {number:04d}-{part}.png", title, random)
            self.marker(f"loose {number}.batch", title, random)
            self.wait_for(lambda: not [name for name in os.listdir(self.inbox) if name.startswith("loose ")])

    loose_turn = threading.Lock()

    def marker_first(self, number, random, _):
        folder, title, count = f"expected {number}", f"soak {number}", random.randint(2, 3)
        self.marker(f"{folder}/batch.ready", title, random, f"expect: {count}\n")
        self.avatar(f"{folder}/avatar.png", title, random)
        for part in range(count):
            self.audio(f"{folder}/{number:04d}-{part}.wav", title, random)
            time.sleep(random.uniform(0, 0.5))

    def whole_folder(self, number, random, _):
        """Copied elsewhere, then moved in as it is."""
        folder, title = f"moved {number}", f"soak {number}"
        target, drops = os.path.join(self.staging, folder), []
        os.mkdir(target)
        files = [("avatar.png", self.media.avatar(title), "avatar", "", 0),
                 ("avatar.face.json", self.media.points(title), "points", "", 0),
                 ("batch.ready", self.content_of_marker(title), "marker", "", 0)]
        for part in range(2):
            seconds = self.length(random)
            files.append((f"{number:04d}-{part}.wav", self.media.sound(seconds, random), "audio", "ok", seconds))
        for name, content, role, status, seconds in files:
            open(os.path.join(target, name), "wb").write(content)
            inode = os.stat(os.path.join(target, name)).st_ino
            drops.append(Drop(f"{folder}/{name}", role, digest(content), inode, title, status, seconds))
        os.rename(target, os.path.join(self.inbox, folder))
        self.note(*drops, title=title)

    def again(self, number, random, is_delivered):
        """Late files, dropped into the folder while it is being delivered or just after it; a second marker."""
        folder, title, late = f"again {number}", f"soak {number}", f"soak {number} late"
        self.audio(f"{folder}/{number:04d}-first.wav", title, random)
        self.avatar(f"{folder}/{number:04d}-first.png", title, random)
        self.marker(f"{folder}/batch.ready", title, random)
        self.wait_for(lambda: is_delivered(title))
        self.audio(f"{folder}/{number:04d}-late.wav", late, random)
        self.avatar(f"{folder}/{number:04d}-late.png", late, random)
        self.marker(f"{folder}/second.batch", late, random)

    # Files

    @staticmethod
    def length(random):
        """Seconds: mostly short, some that are still rendered when the next kill comes."""
        return round(random.choice([random.uniform(0.4, 1.2)] * 14 + [random.uniform(2, 5)] * 5
                                   + [random.uniform(8, 15)]), 3)

    def audio(self, path, title, random, status="ok"):
        seconds = self.length(random)
        self.write(path, self.media.sound(seconds, random), "audio", title, random, status, seconds)

    def avatar(self, path, title, random, status="", has_points=True):
        if has_points:
            self.write(path[:-4] + ".face.json", self.media.points(path), "points", title, random)
        self.write(path, self.media.avatar(path), "avatar", title, random, status)

    def marker(self, path, title, random, more=""):
        self.write(path, self.content_of_marker(title, more), "marker", title, random, way=self.by_rename)

    @staticmethod
    def content_of_marker(title, more=""):
        return f"title: {title}\noperator: soak\n{more}".encode()

    def write(self, path, content, role, title, random, status="", seconds=0.0, way=None):
        way = way or random.choice([self.at_once, self.slowly, self.by_rename])
        target = os.path.join(self.inbox, path)
        while True:
            os.makedirs(os.path.dirname(target), exist_ok=True)
            try:
                inode = way(target, content, random)
                break
            except FileNotFoundError:
                # the service has just removed the folder that it emptied: copied again, as a person would
                continue
        self.note(Drop(path, role, digest(content), inode, title, status, seconds), title=title)

    def note(self, *drops, title):
        with self.lock:
            self.drops += drops
            if any(drop.role == "marker" for drop in drops):
                self.titles.append(title)

    @staticmethod
    def at_once(target, content, _):
        with open(target, "wb") as file:
            file.write(content)
            return os.fstat(file.fileno()).st_ino

    @staticmethod
    def slowly(target, content, random):
        """Pauses longer than the settle time, in the middle of the file."""
        with open(target, "wb") as file:
            for start in range(0, len(content), len(content) // 3 + 1):
                file.write(content[start:start + len(content) // 3 + 1])
                file.flush()
                time.sleep(random.uniform(0, 0.6))
            return os.fstat(file.fileno()).st_ino

    @staticmethod
    def by_rename(target, content, random):
        folder, name = os.path.split(target)
        hidden = os.path.join(folder, f".{name}.{random.randrange(1 << 24):06x}")
        with open(hidden, "wb") as file:
            file.write(content)
            inode = os.fstat(file.fileno()).st_ino
        os.rename(hidden, target)
        return inode

    @staticmethod
    def wait_for(condition, patience=900):
        end = time.monotonic() + patience
        while not condition() and time.monotonic() < end:
            time.sleep(0.05)


def digest(content):
    return hashlib.sha256(content).hexdigest()
