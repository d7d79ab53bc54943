"""Options with their shares made into a choice: the rule that all formats share."""
from decimal import Decimal
from itertools import islice

from lms.kernel.i18n import _l

from quizzes.questions.interchange.draft import Unreadable, letters

FULL = Decimal(100)
#: So many elements one question has at most.
MOST_PARTS = 5_000
#: How far the shares of the right options may lie from 100 together, for their rounding.
ROUNDING = Decimal("0.1")


def single_choice(options):
    """The fields of a choice of one: options are mappings with ``share`` in percent as text.

    The first that counts fully is the right one; others may count in part.
    """
    _enough(options)
    full = [key for key, option in _keyed(options) if Decimal(option["share"]) == FULL]
    if not full:
        raise Unreadable(_l("No option is marked as right. Mark the right one."))
    partly = any(Decimal(option["share"]) not in (0, FULL) for option in options) or len(full) > 1
    return _fields("single", options, full[:1], partly)


def multiple_choice(options, partial=True):
    """The fields of a choice of several; without ``partial`` only all the right ones count."""
    _enough(options)
    right = [key for key, option in _keyed(options) if Decimal(option["share"]) > 0]
    if not right:
        raise Unreadable(_l("No option is marked as right. Mark the right ones."))
    total = sum(Decimal(option["share"]) for option in options if Decimal(option["share"]) > 0)
    if partial and abs(total - FULL) > ROUNDING:
        raise Unreadable(_l("The shares of the right options give %(total)s together. Change them "
                            "so that they give 100.", total=f"{total:f}"))
    return _fields("multiple", options, right, partial)


def _enough(options):
    if len(options) < 2:
        raise Unreadable(_l("A choice needs two options or more. Add what is missing."))
    if not all(option["vi"] for option in options):
        raise Unreadable(_l("An option has no words. Write them, or delete the option."))


def _keyed(options):
    return zip(letters(), options, strict=False)


def _fields(kind, options, right, partial):
    kept = [option | {"key": key} for key, option in _keyed(options)]
    if not partial:
        kept = [{name: value for name, value in option.items() if name != "share"}
                for option in kept]
    last = {option["key"]: True for option in kept if option.pop("last", False)}
    return {"kind": kind, "options": kept, "right": right,
            "settings": {"partial": partial} | ({"last": last} if last else {})}


def at_the_end(fixed):
    """Which of the options stay last, of those that a file says are ``fixed`` in their place: the
    fixed ones behind the last one that moves; where none moves the file shuffles nothing.
    """
    moving = [place for place, stays in enumerate(fixed) if not stays]
    return [bool(moving) and place > moving[-1] for place in range(len(fixed))]


def number_with(accepted, line=None):
    """The fields of a number: accepted are (number, tolerance, share) in the file's order.

    Gives the fields and whether tolerances differ, of which only the first is kept.
    """
    counted = [found for found in accepted if Decimal(found[2]) > 0]
    if not any(share == "100" for _number, _tolerance, share in counted):
        raise Unreadable(_l("No number counts fully. Give the right one without a share."), line)
    counted.sort(key=lambda found: -Decimal(found[2]))
    shares = {}
    for number, _tolerance, share in counted:
        # Near a number that counts fully others give a part; of each number the most is kept.
        shares.setdefault(number, share)
    shares = {number: share for number, share in shares.items() if share != "100"}
    fields = {"kind": "number", "right": list(dict.fromkeys(found[0] for found in counted)),
              "settings": {"tolerance": counted[0][1], "shares": shares}}
    return fields, len({tolerance for _number, tolerance, _share in counted}) > 1


def made_anew():
    """The fault of a question that is another one for everybody."""
    return Unreadable(_l("The item makes its numbers and words anew for everybody. Write it "
                         "with fixed ones, or take it out."))


def formula_in_signs():
    """The note on a formula that was taken without its shape."""
    return _l("A formula is taken as plain signs. Look at the question.")


def too_many_parts():
    """The fault of a question with more parts than any person writes."""
    return Unreadable(_l("The question has more parts than are read. Part it into several."))


def insist_on_a_bearable_size(element):
    """Raise Unreadable where an ``element`` of XML has more parts than any question of a person."""
    if next(islice(element.iter(), MOST_PARTS, None), None) is not None:
        raise too_many_parts()
