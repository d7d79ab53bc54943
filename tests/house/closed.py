"""The headers that close what a browser would leave open."""
CLOSED = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=(), usb=()",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}
#: Pages of ours: nothing from elsewhere, no inline script or style.
STRICT = {"default-src 'self'", "object-src 'none'", "base-uri 'none'", "form-action 'self'",
          "frame-ancestors 'none'"}

#: A file somebody uploaded, opened on its own: no script runs and nothing is loaded.
LOCKED_UP = {"sandbox", "default-src 'none'"}


def insist(answer):
    """The answer is closed to framing, guessing of types, and scripts from elsewhere."""
    assert {name: answer.headers.get(name) for name in CLOSED} == CLOSED
    policy = {part.strip() for part in answer.headers["Content-Security-Policy"].split(";")}
    ours = policy >= STRICT and "unsafe" not in answer.headers["Content-Security-Policy"]
    assert ours or policy >= LOCKED_UP, policy
    answer.close()
