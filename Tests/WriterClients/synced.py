"""synced.py SOURCE TARGET: two Syncthings on loopback; the source's folder reaches the target from the one to the other.

Ends when the target has the source's files, or with 1 after a minute; the file $LAST tells when that was.
"""
import os
import re
import socket
import subprocess
import sys
import tempfile
import time

SOURCE, TARGET = sys.argv[1:3]
QUIET = ["--no-browser", "--no-restart", "--no-upgrade", "--logflags=0"]


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


class Side:
    def __init__(self, home, folder):
        self.home, self.folder, self.port = home, folder, free_port()
        made = subprocess.run(["syncthing", "generate", f"--home={home}", "--no-default-folder", "--skip-port-probing"],
                              env=self.environment, capture_output=True, text=True, check=True)
        self.device = re.search(r"([A-Z0-9]{7}(-[A-Z0-9]{7}){7})", made.stdout + made.stderr).group(1)

    @property
    def environment(self):
        return {"PATH": os.environ["PATH"], "HOME": self.home, "STNODEFAULTFOLDER": "1"}

    def configure(self, other, kind):
        devices = "".join(
            f'<device id="{side.device}" name="{side.port}"><address>tcp://127.0.0.1:{side.port}</address></device>'
            for side in (self, other))
        shared = "".join(f'<device id="{side.device}"></device>' for side in (self, other))
        with open(os.path.join(self.home, "config.xml"), "w") as file:
            file.write(
                f'<configuration version="36"><folder id="share" label="share" path="{self.folder}" type="{kind}"'
                f' rescanIntervalS="3600" fsWatcherEnabled="true" fsWatcherDelayS="1">{shared}</folder>{devices}'
                f'<gui enabled="false"></gui><options><listenAddress>tcp://127.0.0.1:{self.port}</listenAddress>'
                "<globalAnnounceEnabled>false</globalAnnounceEnabled><localAnnounceEnabled>false</localAnnounceEnabled>"
                "<relaysEnabled>false</relaysEnabled><natEnabled>false</natEnabled><urAccepted>-1</urAccepted>"
                "<crashReportingEnabled>false</crashReportingEnabled><autoUpgradeIntervalH>0</autoUpgradeIntervalH>"
                "<maxSendKbps>500</maxSendKbps><limitBandwidthInLan>true</limitBandwidthInLan>"
                "<reconnectionIntervalS>1</reconnectionIntervalS></options></configuration>")

    def start(self):
        return subprocess.Popen(["syncthing", "serve", f"--home={self.home}", *QUIET], env=self.environment,
                                stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)


def main():
    with tempfile.TemporaryDirectory(prefix="synced-") as root:
        os.makedirs(TARGET, exist_ok=True)
        sides = [Side(os.path.join(root, "from"), SOURCE), Side(os.path.join(root, "to"), TARGET)]
        for side, other, kind in zip(sides, sides[::-1], ("sendonly", "receiveonly")):
            os.makedirs(os.path.join(side.folder, ".stfolder"), exist_ok=True)
            side.configure(other, kind)
        wanted = {name for name in os.listdir(SOURCE) if not name.startswith(".")}
        running = [side.start() for side in sides]
        try:
            limit = time.monotonic() + 60
            while not wanted <= set(os.listdir(TARGET)):
                if time.monotonic() > limit or any(process.poll() is not None for process in running):
                    return 1
                time.sleep(0.02)
            with open(os.environ["LAST"], "w") as file:
                file.write(str(time.time()))
        finally:
            for process in running:
                process.terminate()
            for process in running:
                process.wait()
    return 0


sys.exit(main())
