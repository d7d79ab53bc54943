"""The blueprint the pages of coverage share, and what they all ask of an address."""
from datetime import datetime

from flask import Blueprint, request

from lms.kernel import clock
from lms.kernel.errors import Refusal
from lms.kernel.i18n import _

bp = Blueprint("coverage", __name__, template_folder="../templates")

EXCEL = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def known_argument():
    """The moment whose knowledge is asked for: the end of the day in the address, or None (now)."""
    text = request.args.get("known", "").strip()
    if not text:
        return None
    for form in ("%d/%m/%Y", "%Y-%m-%d"):
        try:
            return clock.end_of(datetime.strptime(text, form).date())  # noqa: DTZ007 - a day
        except ValueError:
            continue
    raise Refusal(_("“%(text)s” is not a date. Write it as dd/mm/yyyy, for example 05/02/2026.",
                    text=text))
