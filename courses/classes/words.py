"""The words of the states, modes, half-days and marks of classes."""
from decimal import Decimal

from lms.kernel.i18n import _l, amount

MODES = {"in_person": _l("In person"), "online": _l("Online"), "blended": _l("Blended")}
HALVES = {"morning": _l("Morning"), "afternoon": _l("Afternoon"), "evening": _l("Evening")}
MARKS = {"present": _l("Present"), "late": _l("Late"), "excused": _l("Excused"),
         "absent": _l("Absent")}
#: What a class costs money for, and where the money comes from (Circular 36/2018/TT-BTC).
HEADINGS = {
    "lecturers": _l("Lecturers"), "materials": _l("Materials"), "hall": _l("Hall"),
    "drinks": _l("Drinks between sessions"), "travel": _l("Travel"),
    "board": _l("Meals and lodging"), "testing": _l("Setting and marking tests"),
    "certificates": _l("Certificates"), "other": _l("Other costs")}
SOURCES = {"budget": _l("Budget of the year"), "programme": _l("National target programme"),
           "other": _l("Other lawful sources")}
STATES = {"coming": _l("Coming"), "running": _l("Running"),
          "to_close": _l("Waits to be closed"), "closed": _l("Closed with results"),
          "cancelled": _l("Cancelled")}


def mark_text(mark):
    """A mark out of 100 without idle zeros: 87,5; nothing for none."""
    return "" if mark is None else amount(Decimal(f"{mark:.2f}"))
