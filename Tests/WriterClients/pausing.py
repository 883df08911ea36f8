"""pausing.py BYTES SECONDS: passes standard input on, and pauses for so long after so many bytes."""
import sys
import time

size, seconds = int(sys.argv[1]), float(sys.argv[2])
sys.stdout.buffer.write(sys.stdin.buffer.read(size))
sys.stdout.buffer.flush()
time.sleep(seconds)
while data := sys.stdin.buffer.read(1 << 16):
    sys.stdout.buffer.write(data)
