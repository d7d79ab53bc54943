"""A day that is still to come: what no figure of it knows, because it waits until then."""
from flask import g
from jinja2.filters import do_striptags

from lms.kernel import clock
from lms.kernel.i18n import _
from lms.organisations.links import acts_until


def acts_ahead(on=None):
    """A sentence, perhaps HTML, for each act that waits and takes effect by the day ``on``; without
    it, by the day that the address of the page asks for.  Of today and before there are none.
    """
    on = on or g.get("day_asked")
    if on is None or on <= clock.today():
        return []
    return [line for several in acts_until.of(on) for line in several]


def words_ahead(on):
    """What ``acts_ahead`` says, as one line of plain text for files; empty without such an act.

    The letters of our papers have no arrow.
    """
    lines = [do_striptags(line).replace("→", "–") for line in acts_ahead(on)]
    return " ".join([not_in_it(), *lines]) if lines else ""


def not_in_it():
    """What is said above these acts."""
    return _("Reckoned with what is known today. Acts that wait until that day are not in it yet:")
