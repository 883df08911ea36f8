"""by_hand.py MANNER SOURCE TARGET [SECONDS]: writes a file by system calls as certain programs do, with a pause."""
import mmap
import os
import sys
import threading
import time

MANNER, SOURCE, TARGET = sys.argv[1:4]
SECONDS = float(sys.argv[4]) if len(sys.argv) > 4 else 0
DATA = open(SOURCE, "rb").read()
HALF = len(DATA) // 2


def write_with_pause(file):
    file.write(DATA[:HALF])
    file.flush()
    time.sleep(SECONDS)
    file.write(DATA[HALF:])


def pausing():
    """A program that computes or waits for its network while it has the file open."""
    with open(TARGET, "wb") as file:
        write_with_pause(file)


def unnamed():
    """O_TMPFILE, then a name: the only event is that the name came to be."""
    folder = os.open(os.path.dirname(TARGET), os.O_DIRECTORY)
    with open(os.open(os.path.dirname(TARGET), os.O_TMPFILE | os.O_WRONLY, 0o644), "wb") as file:
        write_with_pause(file)
        file.flush()
        # with a folder's descriptor Python calls linkat, which can follow the link
        os.link(f"/proc/self/fd/{file.fileno()}", os.path.basename(TARGET), dst_dir_fd=folder)


def mapped():
    """Writes through a shared mapping: no event tells of what is written."""
    with open(TARGET, "w+b") as file:
        file.truncate(len(DATA))
        memory = mmap.mmap(file.fileno(), len(DATA))
    memory[:HALF] = DATA[:HALF]
    time.sleep(SECONDS)
    memory[HALF:] = DATA[HALF:]
    memory.flush()
    memory.close()


def allocated():
    """Blocks and size first, then the content, then an old time."""
    with open(TARGET, "wb") as file:
        os.posix_fallocate(file.fileno(), 0, len(DATA))
        write_with_pause(file)
    os.utime(TARGET, (1_500_000_000, 1_500_000_000))


def two():
    """Two writers: the first closes the file when half of it is still to come from the second."""
    second = open(TARGET, "wb")
    with open(TARGET, "r+b") as first:
        first.write(DATA[:HALF])
    second.seek(HALF)
    time.sleep(SECONDS)
    second.write(DATA[HALF:])
    second.close()


def two_at_once():
    """Two threads write a half each, bit by bit and closing at different times."""
    open(TARGET, "wb").close()

    def write(start, end, pause):
        with open(TARGET, "r+b", buffering=0) as file:
            file.seek(start)
            for at in range(start, end, 1 << 17):
                file.write(DATA[at:min(at + (1 << 17), end)])
                time.sleep(pause)

    threads = [threading.Thread(target=write, args=a) for a in ((0, HALF, 0.1), (HALF, len(DATA), SECONDS / 10))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


def firefox():
    """An empty file holds the place of the name until the download, under another name, takes it."""
    open(TARGET, "wb").close()
    with open(TARGET + ".part", "wb") as file:
        write_with_pause(file)
    os.rename(TARGET + ".part", TARGET)


def chrome():
    with open(TARGET + ".crdownload", "wb") as file:
        write_with_pause(file)
    os.rename(TARGET + ".crdownload", TARGET)


def syncthing():
    """As Syncthing names what it is still fetching; the old time is set before the rename."""
    partial = os.path.join(os.path.dirname(TARGET), f".syncthing.{os.path.basename(TARGET)}.tmp")
    with open(partial, "wb") as file:
        file.truncate(len(DATA))
        write_with_pause(file)
    os.utime(partial, (1_500_000_000, 1_500_000_000))
    os.rename(partial, TARGET)


def syncthing_windows():
    partial = os.path.join(os.path.dirname(TARGET), f"~syncthing~{os.path.basename(TARGET)}.tmp")
    with open(partial, "wb") as file:
        write_with_pause(file)
    os.rename(partial, TARGET)


globals()[MANNER]()
