"""When a request arrived: the moment its first bytes were read, before it waited for a thread."""
import time
from datetime import timedelta

from flask import request
from waitress.channel import HTTPChannel
from waitress.parser import HTTPRequestParser
from waitress.task import WSGITask

from lms.kernel import clock

#: The key under which the server hands on the moment, by the steady clock of the machine.
KEY = "lms.arrived"


class Parser(HTTPRequestParser):
    """Reads a request, and remembers when it began to come in."""

    def __init__(self, adjustments):
        super().__init__(adjustments)
        self.arrived = time.monotonic()


class Task(WSGITask):
    """Hands the moment of arrival to the application."""

    def get_environment(self):
        """The environment of the request, with its arrival."""
        return super().get_environment() | {KEY: self.request.arrived}


class Channel(HTTPChannel):
    """A connection whose requests know when they arrived."""

    parser_class = Parser
    task_class = Task


def arrived_at():
    """The moment the request arrived, by the house's clock."""
    arrived = request.environ.get(KEY)
    waited = 0 if arrived is None else time.monotonic() - arrived
    return clock.now() - timedelta(seconds=waited)
