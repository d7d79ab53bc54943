"""The headers every answer carries."""
from flask import request

POLICY = ("default-src 'self'; img-src 'self' data:; media-src 'self'; object-src 'none'; "
          "base-uri 'none'; form-action 'self'; frame-ancestors 'none'")

HEADERS = {
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=(), usb=()",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    # Private pages are kept by nobody.
    "Cache-Control": "no-store",
}


def closed(application):
    """``application``, a function of WSGI, with what a browser would leave open closed: whatever
    of HEADERS an answer does not say itself is added.
    """
    def answer(environ, start_response):
        def begin(status, headers, *trouble):
            said = {name for name, _value in headers}
            added = [header for header in HEADERS.items() if header[0] not in said]
            return start_response(status, headers + added, *trouble)
        return application(environ, begin)
    return answer


def lead_scripts(response):
    """Tell a script that sent a form where to go next, instead of leading it there.

    A script that follows by itself would use up the message that waits for the reader.
    """
    if request.headers.get("X-Sent-By") == "script" and response.location:
        response.headers["X-Next"] = response.headers.pop("Location")
        response.status_code = 200
    return response
