"""The judge of soak/kills: what stands in inbox and outbox, against what was dropped. It shares no code with the service
and doesn't ask its ledger."""
import csv
import hashlib
import io
import os
import re
import subprocess
import tempfile
import zipfile
import zlib
from collections import Counter, defaultdict

RESULT = re.compile(r"heygem_batch_result_\d{8}_\d{6}_.+?(\.csv|\.zip\.sha256|\.zip)")
OWN = {"reasons.csv", "batch.ready", "items.csv"}  # what the service writes into a folder of _failed
SERVICE = (".heygem-watch", "_archive", "_failed")


def files_below(folder):
    for place, _, names in os.walk(folder):
        for name in names:
            yield os.path.join(place, name)


def content(path):
    with open(path, "rb") as file:
        return file.read()


class Outbox:
    """The deliveries as a person finds them."""

    def __init__(self, folder):
        self.folder = folder
        self.whole = set()

    def names(self):
        return [name for name in os.listdir(self.folder) if not name.startswith(".") and name != "status.txt"]

    def zips(self):
        return sorted(name for name in self.names() if name.endswith(".zip"))

    def rows(self, name):
        text = content(os.path.join(self.folder, name)).decode("utf-8-sig")
        return list(csv.DictReader(io.StringIO(text, newline=""), strict=True))

    def problems(self):
        """What is partial or damaged under a final name, at whatever moment one looks. Whole sets are read once."""
        problems, names = [], set(self.names())
        for name in names:
            if not RESULT.fullmatch(name):
                problems.append(f"a strange name in the outbox: {name}")
        for name in sorted(names):
            if name.endswith(".csv"):
                problems += self.problems_of_table(name)
            if name.endswith(".zip") and name not in self.whole:
                found = self.problems_of_set(name, names)
                problems += found
                if not found:
                    self.whole.add(name)
        return problems

    def problems_of_table(self, name):
        data = content(os.path.join(self.folder, name))
        return [] if data.startswith(b"\xef\xbb\xbf") and data.endswith(b"\r\n") else [f"{name} is cut"]

    def problems_of_set(self, name, names):
        base = name[:-4]
        if not {base + ".csv", name + ".sha256"} <= names:
            return [f"{name} stands there without its CSV or checksum"]
        digest = hashlib.sha256(content(os.path.join(self.folder, name))).hexdigest()
        if content(os.path.join(self.folder, name + ".sha256")).rstrip(b"\n") not in (
                f"{digest} {kind}{name}".encode() for kind in " *"):
            return [f"{name} is not what its checksum says"]
        try:
            with zipfile.ZipFile(os.path.join(self.folder, name)) as archive:
                return self.problems_of_archive(archive, name, base)
        except zipfile.BadZipFile as problem:
            return [f"{name}: {problem}"]

    def problems_of_archive(self, archive, name, base):
        problems = []
        if archive.testzip():
            problems.append(f"{name}: {archive.testzip()} is damaged")
        if archive.read("metadata.csv") != content(os.path.join(self.folder, base + ".csv")):
            problems.append(f"{name}: metadata.csv is another than the CSV beside it")
        videos = {row["video"]: row for row in self.rows(base + ".csv") if row["status"] == "ok"}
        if sorted(archive.namelist()) != sorted([*videos, "metadata.csv"]):
            problems.append(f"{name} holds {archive.namelist()}, its CSV tells of {list(videos)}")
            return problems
        for video, row in videos.items():
            data = archive.read(video)
            facts = (str(len(data)), f"{zlib.crc32(data):08x}", hashlib.sha256(data).hexdigest())
            if facts != (row["bytes"], row["crc32"].lower(), row["sha256"]):
                problems.append(f"{name}: {video} is not the video of its row")
        return problems


def missing_inputs(inbox, drops):
    """Files that were dropped and lie nowhere below the inbox, by their inodes: moving keeps those."""
    there = {os.stat(path, follow_symlinks=False).st_ino for path in files_below(inbox)}
    return [drop.path for drop in drops if drop.inode not in there]


class Accounts:
    """The end: is everything that was dropped accounted for, exactly once?"""

    def __init__(self, inbox, outbox, state, drops, titles):
        self.inbox, self.outbox, self.state, self.drops, self.titles = inbox, outbox, state, drops, titles
        self.lost, self.doubled, self.partial, self.wrong = [], [], [], []
        self.interrupted = self.ok = 0
        # of the others is told already
        self.tables = {name[:-4]: outbox.rows(name[:-4] + ".csv") for name in sorted(outbox.whole)}
        self.places = defaultdict(list)
        for path in files_below(inbox):
            self.places[hashlib.sha256(content(path)).hexdigest()].append(os.path.relpath(path, inbox))
        self.judge()

    def judge(self):
        self.judge_closings()
        rows = defaultdict(list)
        for base, table in self.tables.items():
            for row in table:
                for file in {row["audio"], row["avatar"] if not row["audio"] else ""} - {""}:
                    rows[file].append((base, row))
        for drop in self.drops:
            self.judge_place(drop, self.judge_row(drop, rows) if drop.status else None)
        told = {drop.path for drop in self.drops if drop.status}
        self.wrong += [f"a row of what nobody dropped: {file}" for file in rows if file not in told]
        self.judge_leftovers()
        self.judge_videos()

    def judge_closings(self):
        """One delivery for each marker, known by its title."""
        found = Counter(title for table in self.tables.values() for title in {row["batch"] for row in table})
        for title in self.titles:
            if found[title] == 0:
                self.lost.append(f"batch “{title}” was not delivered")
            if found[title] > 1:
                self.doubled.append(f"batch “{title}” was delivered {found[title]} times")
        self.wrong += [f"a delivery “{title}” that nobody asked for" for title in found if title not in self.titles]

    def judge_row(self, drop, rows):
        """The one row of an audio or a lone avatar; None when there is none."""
        found = rows[drop.path]
        if not found:
            self.lost.append(f"no row tells of {drop.path}")
            return None
        if len(found) > 1:
            self.doubled.append(f"{len(found)} rows tell of {drop.path}")
        _, row = found[0]
        if (row["status"], row["reason"]) == ("failed", "interrupted"):
            self.interrupted += 1
        elif row["status"] != drop.status:
            self.wrong.append(f"{drop.path} is {row['status']} ({row['reason']}), not {drop.status}")
        elif row["status"] == "ok":
            self.ok += 1
        if row["batch"] != drop.batch:
            self.wrong.append(f"{drop.path} was delivered with “{row['batch']}”, not with “{drop.batch}”")
        if row["audio_sha256"] not in ("", drop.sha256):
            self.wrong.append(f"{drop.path}: its row tells of another content")
        return row

    def judge_place(self, drop, row):
        """In the archive or in _failed, once; what good and bad items share may lie in both."""
        places = self.places[drop.sha256]
        homes = [place for place in places if place.split("/")[0] in ("_archive", "_failed")]
        if not homes:
            self.lost.append(f"{drop.path} lies {'still in the inbox' if places else 'nowhere'}")
        elif len(homes) != len(places):
            self.wrong.append(f"{drop.path} lies in {places}")
        most = 2 if drop.role in ("avatar", "points") and not drop.status else 1
        if len(homes) > most or len({place.split("/")[0] for place in homes}) != len(homes):
            self.doubled.append(f"{drop.path} lies in {homes}")
        if row:
            home = ("_archive" if row["status"] == "ok" else "_failed") + "/" + row["batch_id"] + "/"
            if homes and not homes[0].startswith(home):
                self.wrong.append(f"{drop.path} lies in {homes}, not in {home}")

    def judge_leftovers(self):
        known = {drop.sha256 for drop in self.drops}
        for digest, places in self.places.items():
            for place in places:
                name, top = os.path.basename(place), place.split("/")[0]
                if name.endswith((".partial", ".new")):
                    self.partial.append(f"inbox/{place}")
                elif digest not in known and top != ".heygem-watch" and not (top == "_failed" and name in OWN):
                    self.wrong.append(f"what nobody dropped: {place}")
        for name in os.listdir(self.inbox):
            if name not in SERVICE and os.path.isdir(os.path.join(self.inbox, name)):
                self.wrong.append(f"the folder {name} was left")
        self.partial += [f"outbox/{name}" for name in os.listdir(self.outbox.folder)
                         if name.startswith(".") and name != ".heygem-watch"]
        attempts = os.path.join(self.state, "work", "attempts")
        self.partial += [f"attempts/{name}" for name in os.listdir(attempts)]

    def judge_videos(self):
        """Each video is as long as the sound that it is said to be of."""
        seconds = {drop.path: drop.seconds for drop in self.drops}
        with tempfile.NamedTemporaryFile(suffix=".mp4") as file:
            for base, table in self.tables.items():
                with zipfile.ZipFile(os.path.join(self.outbox.folder, base + ".zip")) as archive:
                    for row in table:
                        if row["status"] == "ok" and row["audio"] in seconds:
                            self.judge_length(file.name, archive.read(row["video"]), row, seconds[row["audio"]])

    def judge_length(self, path, data, row, seconds):
        with open(path, "wb") as file:
            file.write(data)
        command = ["ffprobe", "-v", "error", "-show_entries", "stream=codec_type,duration", "-of", "csv=p=0", path]
        probe = subprocess.run(command, capture_output=True, text=True)
        found = dict(line.split(",")[:2] for line in probe.stdout.split())
        # a frame at 25 a second
        if probe.stderr or set(found) != {"video", "audio"} or any(
                abs(float(value) - seconds) > 0.041 for value in found.values()):
            self.wrong.append(f"{row['video']} of {row['audio']} ({seconds} s): {found} {probe.stderr.strip()}")
