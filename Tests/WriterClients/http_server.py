"""http_server.py FOLDER PORT: the folder on loopback, to be downloaded; tells on stderr when it is ready."""
import functools
import http.server
import sys

handler = functools.partial(http.server.SimpleHTTPRequestHandler, directory=sys.argv[1])
server = http.server.ThreadingHTTPServer(("127.0.0.1", int(sys.argv[2])), handler)
print("ready", file=sys.stderr, flush=True)
server.serve_forever()
