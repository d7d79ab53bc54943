"""What happens to somebody in the course of a career, each from a day on, perhaps a past one."""
from lms.kernel.errors import Refusal
from lms.kernel.i18n import _
from lms.people.actions import current_posts, main_posts, post


def transfer(person, values, by, agreed=False):
    """Move the main post of ``person``: ``values`` holds unit, title and valid_from.

    Concurrent posts stay.  Another title in the same unit is a transfer too.  Where whoever
    answers for the former unit has ``agreed``, ``by`` need not answer for it.
    """
    _main_post_on(person, values["valid_from"])
    return post(person, {**values, "main": True}, by, agreed)


def change_title(person, title, valid_from, by):
    """Give the main post of ``person`` another title from a day on, in the same unit."""
    held = _main_post_on(person, valid_from)
    return post(person, {"unit": held.unit, "title": title, "valid_from": valid_from,
                         "main": True}, by)


def _main_post_on(person, day):
    held = main_posts(person, day)
    if not held:
        raise Refusal(_("%(name)s held no main post on that day, so there is none to move. "
                        "Record a return, or choose another day.", name=person.full_name))
    return held[0]


def take_on(person, values, by):
    """Give ``person`` one more post beside those held: ``values`` as for ``transfer``."""
    if not current_posts(person, values["valid_from"]):
        raise Refusal(_("%(name)s held no post on that day, so nothing can stand beside it. "
                        "Record a return, or choose another day.", name=person.full_name))
    return post(person, {**values, "main": False}, by)


def come_back(person, values, by):
    """Begin anew for somebody without a main post: ``values`` as for ``transfer``.

    Groups that ended with the leaving stay ended.  Concurrent posts, which may be all that is
    left after a unit was dissolved, stay.
    """
    if main_posts(person, values["valid_from"]):
        raise Refusal(_("%(name)s held a post on that day and need not return. Record a "
                        "transfer, or choose another day.", name=person.full_name))
    return post(person, {**values, "main": True}, by)
