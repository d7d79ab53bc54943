"""The seal in a certificate's file: whoever holds the file can have it checked to the last byte.

It stands after the end of the PDF, where readers of PDF look for nothing, and is a keyed hash
(HMAC with SHA-256, RFC 2104) that only this installation can make.  It needs no row in the
database, and stays good when the papers are drawn otherwise one day.  Its key is the one of the
trail, which never changes: with the secret of the cookies, which may, files would be called
changed that nobody touched.
"""
import hmac
import re
from dataclasses import dataclass
from hashlib import sha256

from lms.kernel.audit import key_of_seals

SEAL = re.compile(rb"%lms-seal ([0-9A-Z-]{10,40}) ([0-9a-f]{64})\n\Z")


@dataclass(frozen=True)
class Seal:
    """What a file says of itself: the ``code`` of its certificate, and whether it is ``whole``."""

    code: str
    whole: bool


def sealed(content, code):
    """``content``, the PDF of the certificate with this ``code``, and its seal."""
    return content + b"%%lms-seal %s %s\n" % (code.encode(), _hash(content, code).encode())


def seal_of(content):
    """The Seal of a file, None where it carries none."""
    found = SEAL.search(content[-200:])
    if found is None:
        return None
    code, said = (part.decode() for part in found.groups())
    body = content[:len(content) - len(found[0])]
    return Seal(code, hmac.compare_digest(_hash(body, code), said))


def _hash(content, code):
    return hmac.new(b"certificates " + key_of_seals(), code.encode() + b"\n" + content,
                    sha256).hexdigest()
