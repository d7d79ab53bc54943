"""Where pieces of a large file are sent, as tus 1.0.0 has it: begun, asked after, gone on with.

The page of a form sends them by its script (``sending.js``) and then the form, with the key of the
file instead of its bytes.  Every piece that is answered for is on the disk.
Source: https://tus.io/protocols/resumable-upload, its core and the extension “creation”.
"""
from base64 import b64decode

from flask import Blueprint, abort, request, url_for

from lms.kernel import incoming
from lms.kernel.incoming import Elsewhere
from lms.kernel.web import by_itself, turn_away, viewer

bp = Blueprint("uploads", __name__, url_prefix="/uploads")
#: What a piece is sent as.
PIECE = "application/offset+octet-stream"
#: The largest piece, in bytes: it is held in memory.
LARGEST = 8 * 1024 * 1024


def own(key):
    """The file under ``key`` of whoever asks; others are turned away."""
    person = viewer()
    found = person and incoming.find(person, key)
    return found or turn_away()


def told(file, arrived, code):
    """The answer that says how many bytes of ``file`` are here."""
    return "", code, {"Tus-Resumable": "1.0.0", "Upload-Offset": str(arrived),
                      "Upload-Length": str(file.size), "Cache-Control": "no-store",
                      "Location": url_for(".arrived", key=file.key)}


@bp.post("")
@by_itself
def new_upload():
    """Begin a file: how large it is in Upload-Length, its name in Upload-Metadata."""
    if viewer() is None:
        turn_away()
    size = request.headers.get("Upload-Length", "")
    if not (size.isdecimal() and len(size) < 16):
        abort(400)
    return told(incoming.begin(viewer(), name_of_file(), int(size)), 0, 201)


def name_of_file():
    """The file's name as its sender gives it: a word, and the name in base64."""
    word, _blank, name = request.headers.get("Upload-Metadata", "").partition(" ")
    try:
        return b64decode(name, validate=True).decode() if word == "filename" else ""
    except ValueError:
        abort(400)


@bp.get("/<key>")
@by_itself
def arrived(key):
    """How much of a file is here."""
    file = own(key)
    return told(file, file.arrived, 200)


@bp.patch("/<key>")
@by_itself
def piece(key):
    """Take the next piece of a file."""
    file, offset = own(key), request.headers.get("Upload-Offset", "")
    if request.mimetype != PIECE or not (offset.isdecimal() and len(offset) < 16):
        abort(415)
    request.max_content_length = LARGEST
    try:
        return told(file, file.append(int(offset), request.get_data(cache=False)), 204)
    except Elsewhere:
        return told(file, file.arrived, 409)
