"""The blueprint the pages of coverage share, and what they all ask of an address."""
from flask import Blueprint, request

from lms.kernel import clock
from lms.kernel.web import day_argument

bp = Blueprint("coverage", __name__, template_folder="../templates")


def known_argument(name="known"):
    """The moment whose knowledge is asked for: the end of the day in the address, or None (now)."""
    asked = request.args.get(name, "").strip()
    return clock.end_of(day_argument(name)) if asked else None
