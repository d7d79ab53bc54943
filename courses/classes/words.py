"""The words of the states, modes, half-days and marks of classes."""
from decimal import Decimal

from lms.kernel.i18n import _l, amount

MODES = {"in_person": _l("In person"), "online": _l("Online"), "blended": _l("Blended")}
HALVES = {"morning": _l("Morning"), "afternoon": _l("Afternoon"), "evening": _l("Evening")}
MARKS = {"present": _l("Present"), "late": _l("Late"), "excused": _l("Excused"),
         "absent": _l("Absent")}
STATES = {"coming": _l("Coming"), "running": _l("Running"),
          "to_close": _l("Waits to be closed"), "closed": _l("Closed with results"),
          "cancelled": _l("Cancelled")}


def mark_text(mark):
    """A mark out of 100 without idle zeros: 87,5; nothing for none."""
    return "" if mark is None else amount(Decimal(f"{mark:.2f}"))
