"""ledger.py FILE: every render that was ever queued, one a line: SHA-256 of its sound, when it was queued, attempts."""
import sqlite3
import sys

ledger = sqlite3.connect(f"file:{sys.argv[1]}?mode=ro", uri=True)
for row in ledger.execute("SELECT audioSHA256, queuedAt, (SELECT count(*) FROM attempt WHERE render = key) FROM render"):
    print(*row)
