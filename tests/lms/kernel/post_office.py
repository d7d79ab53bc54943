"""A mail server on this machine that answers as it is told to."""
import asyncio
import socket
from contextlib import contextmanager
from email import message_from_bytes, policy

from aiosmtpd.controller import Controller

#: What a server can do with a letter besides answering with a line.
DROP, HANG = "drop", "hang"
OK = "250 accepted"


class PostOffice:
    """Answers the recipients and the letters with the next line of its script, then accepts."""

    def __init__(self, after_rcpt=(), after_data=()):
        self.rcpt, self.data = list(after_rcpt), list(after_data)
        #: What arrived whole, whatever was answered: (Message-ID, to, subject, text).
        self.arrived = []

    async def handle_RCPT(self, _server, _session, envelope, address, _options):  # noqa: N802
        """Answer "RCPT TO"."""
        answer = self.rcpt.pop(0) if self.rcpt else OK
        if answer.startswith("2"):
            envelope.rcpt_tos.append(address)
        return answer

    async def handle_DATA(self, server, _session, envelope):  # noqa: N802
        """Answer the end of a letter."""
        letter = message_from_bytes(envelope.content, policy=policy.default)
        self.arrived.append((letter["Message-ID"], letter["To"], letter["Subject"],
                             letter.get_content().strip()))
        answer = self.data.pop(0) if self.data else OK
        if answer == DROP:
            server.transport.abort()
            return OK
        if answer == HANG:
            await asyncio.sleep(1.5)
        return answer


class Loopback(Controller):
    """A controller on a port that was found free."""

    def __init__(self, office):
        with socket.create_server(("127.0.0.1", 0)) as free:
            port = free.getsockname()[1]
        super().__init__(office, hostname="127.0.0.1", port=port)


@contextmanager
def open_office(app, monkeypatch, **script):
    """A running post office that ``app`` sends its letters to."""
    office = PostOffice(**script)
    controller = Loopback(office)
    controller.start()
    for name, value in (("HOST", "127.0.0.1"), ("PORT", controller.port), ("SECURITY", "none"),
                        ("FROM", "tap.huan@caobang.example"), ("TIMEOUT", 0.5)):
        monkeypatch.setitem(app.config, f"SMTP_{name}", value)
    try:
        yield office
    finally:
        controller.stop()
