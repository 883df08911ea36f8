"""interrupted.py BYTES PATTERN COMMAND...: runs a command and ends it (SIGTERM) when a file that matches the pattern has
so many bytes. Fails when the command ended before."""
import glob
import os
import subprocess
import sys
import time

size, pattern, command = int(sys.argv[1]), sys.argv[2], sys.argv[3:]


def longest():
    sizes = [0]
    for path in glob.glob(pattern, include_hidden=True):
        try:
            sizes.append(os.stat(path).st_size)
        except FileNotFoundError:
            pass
    return max(sizes)


process = subprocess.Popen(command)
while longest() < size:
    if process.poll() is not None:
        sys.exit("ended before it could be interrupted")
    time.sleep(0.02)
process.terminate()
process.wait()
