"""smb_client.py PORT PASSWORD MANNER SOURCE TARGET SECONDS: copies a file into the share "inbox" as a desktop does.

The file $LAST tells when it was done, before the connection ends. Replays the order of SMB requests that Windows' Explorer and macOS' Finder make, over a real connection.
"""
import os
import struct
import sys
import time
import uuid

from smbprotocol.connection import Connection
from smbprotocol.file_info import FileBasicInformation, FileEndOfFileInformation
from smbprotocol.open import (CreateDisposition, CreateOptions, FileAttributes, FilePipePrinterAccessMask,
                              ImpersonationLevel, Open, ShareAccess, SMB2SetInfoRequest)
from smbprotocol.session import Session
from smbprotocol.tree import TreeConnect

PORT, PASSWORD, MANNER, SOURCE, TARGET, SECONDS = sys.argv[1:7]
DATA = open(SOURCE, "rb").read()
PIECE = 1 << 16


def opened(tree, name, disposition=CreateDisposition.FILE_OVERWRITE_IF):
    file = Open(tree, name.replace("/", "\\"))
    access = (FilePipePrinterAccessMask.GENERIC_READ | FilePipePrinterAccessMask.GENERIC_WRITE
              | FilePipePrinterAccessMask.DELETE)
    file.create(ImpersonationLevel.Impersonation, access, FileAttributes.FILE_ATTRIBUTE_NORMAL,
                ShareAccess.FILE_SHARE_READ, disposition, CreateOptions.FILE_NON_DIRECTORY_FILE)
    return file


def set_info(file, info):
    """One SET_INFO request, which the library has no call for."""
    request = SMB2SetInfoRequest()
    request["info_type"] = 1
    request["file_info_class"] = info.INFO_CLASS
    request["file_id"] = file.file_id
    request["buffer"] = info.pack()
    session, tree = file.tree_connect.session, file.tree_connect
    message = file.connection.send(request, session.session_id, tree.tree_connect_id)
    file.connection.receive(message)


def set_size(file, size):
    info = FileEndOfFileInformation()
    info["end_of_file"] = size
    set_info(file, info)


def set_old_time(file):
    info = FileBasicInformation()
    info["creation_time"] = info["last_access_time"] = info["last_write_time"] = info["change_time"] = \
        (1_500_000_000 + 11_644_473_600) * 10_000_000
    info["file_attributes"] = FileAttributes.FILE_ATTRIBUTE_ARCHIVE
    set_info(file, info)


def write(file, start, end):
    for at in range(start, end, PIECE):
        file.write(DATA[at:min(at + PIECE, end)], at)


def explorer(tree):
    """The whole size first, half of the content, an old time, a pause, the rest."""
    file = opened(tree, TARGET)
    set_size(file, len(DATA))
    write(file, 0, len(DATA) // 2)
    set_old_time(file)
    time.sleep(float(SECONDS))
    write(file, len(DATA) // 2, len(DATA))
    set_old_time(file)
    file.close()


def finder(tree):
    """Creates and closes the file, opens it again to write; "._NAME" beside it has its own life."""
    folder, _, name = TARGET.rpartition("/")
    opened(tree, TARGET).close()
    beside = opened(tree, f"{folder}/._{name}")
    beside.write(struct.pack(">II16sH", 0x00051607, 0x00020000, b"Mac OS X        ", 0), 0)
    beside.close()
    file = opened(tree, TARGET, CreateDisposition.FILE_OPEN)
    write(file, 0, len(DATA) // 2)
    time.sleep(float(SECONDS))
    write(file, len(DATA) // 2, len(DATA))
    file.close()
    file = opened(tree, TARGET, CreateDisposition.FILE_OPEN)
    set_old_time(file)
    file.close()


connection = Connection(uuid.uuid4(), "127.0.0.1", int(PORT))
connection.connect()
try:
    session = Session(connection, "root", PASSWORD, require_encryption=False)
    session.connect()
    tree = TreeConnect(session, r"\\127.0.0.1\inbox")
    tree.connect()
    globals()[MANNER](tree)
    with open(os.environ["LAST"], "w") as file:
        file.write(str(time.time()))
finally:
    connection.disconnect(True)
