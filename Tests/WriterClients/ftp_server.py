"""ftp_server.py FOLDER PORT: an FTP server on loopback for anybody; tells on stderr when it is ready."""
import sys
import warnings

from pyftpdlib.authorizers import DummyAuthorizer
from pyftpdlib.handlers import FTPHandler
from pyftpdlib.servers import FTPServer

warnings.simplefilter("ignore")
FTPHandler.authorizer = DummyAuthorizer()
FTPHandler.authorizer.add_anonymous(sys.argv[1], perm="elradfmwMT")
server = FTPServer(("127.0.0.1", int(sys.argv[2])), FTPHandler)
print("ready", file=sys.stderr, flush=True)
server.serve_forever()
