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
}


def add_headers(response):
    """Close what a browser would leave open; private pages are kept by nobody."""
    for name, value in HEADERS.items():
        response.headers.setdefault(name, value)
    response.headers.setdefault("Cache-Control", "no-store")
    return response


def lead_scripts(response):
    """Tell a script that sent a form where to go next, instead of leading it there.

    A script that follows by itself would use up the message that waits for the reader.
    """
    if response.location and request.headers.get("X-Sent-By") == "script":
        response.headers["X-Next"] = response.headers.pop("Location")
        response.status_code = 200
    return response
