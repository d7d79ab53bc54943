"""What the rooms above add to the pages of people."""
from markupsafe import Markup

from lms.kernel.offers import Offers

#: ``(people, since, before)`` → a function that tells, in the language in force, as a sentence or
#: HTML what a change of the facts about ``people``, true from the day ``since`` and not known at
#: the moment ``before``, corrects in figures and reports of the past.
corrections = Offers()
#: ``(viewer)`` → HTML: a line on the page of a unit, for whoever answers for it, about what waits.
unit_lines = Offers()
#: ``(viewer, person)``, or ``(viewer)`` on the list of people → [(word, address)]: what else can
#: be asked for, where the viewer may not record it alone.
career_links = Offers()
#: ``(viewer)`` → HTML: a line on the officer's first page about what waits or went wrong.
officer_lines = Offers()
#: ``()`` → a ``mentions.Shelf``: texts for many readers that may name somebody who is erased.
shelves = Offers()
#: ``(viewer)`` → (condition on AuditEntry, condition on Person): which entries of the trail the
#: viewer reads besides, and whom they may be told the names of in them.
trail_shares = Offers()
#: ``()`` → the ``holdings.Holding`` of a room: what its tables hold about people.
holdings = Offers()


def line(url, words, status="wait"):
    """A line of ``officer_lines`` or ``unit_lines`` that leads somewhere."""
    return Markup('<a href="{}"><span class="status" data-status="{}">{}</span></a>').format(
        url, status, words)


def corrections_told(people, since, before):
    """What the change corrects, each as a sentence or HTML in the reader's language."""
    return [tell() for tell in corrections.of(people, since, before)]
