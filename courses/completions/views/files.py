"""The files of courses: read through a course, in parts where a line breaks."""
from flask import request, send_file

from lms.kernel.storage import StoredFile
from lms.kernel.web import load

from courses.completions.policies import may_read_file
from courses.completions.views.blueprint import bp

PDF = "application/pdf"
#: Shown in the browser itself; everything else is saved to the device.
INLINE = ("image/", "video/", "audio/", "text/vtt", PDF)
#: A file opened in a tab can run nothing and reach nothing.
SANDBOX = "sandbox; default-src 'none'; img-src 'self'; media-src 'self'; style-src 'unsafe-inline'"
DAY = 86_400


@bp.get("/files/<int:key>/<name>")
def file(key, name):
    """The bytes of a file, in parts where asked, so that a cut download goes on."""
    return sent(load(StoredFile, key, may_read_file), f"private, max-age={DAY}")


def _asks_for_one_part():
    asked = request.range
    return asked is not None and asked.units == "bytes" and len(asked.ranges) == 1


def sent(record, caching="no-store", name=None):
    """The file ``record`` as an answer that can run nothing, called ``name`` where it is not to
    bear its own; no cache keeps it unless told.
    """
    if not _asks_for_one_part():
        # RFC 9110, 14.2: a range that is not understood is as if it were not there.
        request.environ.pop("HTTP_RANGE", None)
    saved = "save" in request.args or not record.mime.startswith(INLINE)
    answer = send_file(record.path, mimetype=record.mime, download_name=name or record.name,
                       as_attachment=saved, conditional=True, etag=record.sha256)
    answer.headers["Content-Security-Policy"] = SANDBOX
    answer.headers["Cache-Control"] = caching
    return answer
