"""Marking: a pure function of the paper, the questions' versions, the answers and the mendings.

A mending is what was decided about the key of a question after it was asked: anything with
``version_ids``, ``effect``, ``keys``, ``keeps`` and ``at``, as ``grades.Mending`` has them.
"""
from decimal import ROUND_HALF_UP, Decimal
from typing import NamedTuple

from quizzes.questions.kinds import KINDS

HUNDRED = Decimal(100)
CENT = Decimal("0.01")

#: What a mending does: another key; everybody gets the points; the question does not count.
KEY, ALL, NONE = EFFECTS = ("key", "all", "none")


class Marks(NamedTuple):
    """The share of each slot out of 100, the score of the paper out of 100, and the verdict."""

    shares: list
    score: Decimal
    passed: bool


class Keyed:
    """A version of a question of the ``kind`` with another key."""

    def __init__(self, kind, version, right):
        self._version = version
        self.__dict__.update(KINDS[kind].keyed(version, right))

    def __getattr__(self, name):
        return getattr(self._version, name)


def out_of_100(share):
    """A share from 0 to 1 as a mark out of 100, to two decimals, rounded half up."""
    return (share * HUNDRED).quantize(CENT, ROUND_HALF_UP)


def in_force(mendings):
    """The mending that counts for each version: the last one, by the version's id."""
    return {version: mending for mending in mendings for version in mending.version_ids}


def share_of(kind, version, answer, mending=None, given=None):
    """The share of a question that ``answer`` earns, from 0 to 1.

    Where a mending accepts several keys the one that is best for the person counts.  What people
    mark earns what they have ``given``, and nothing until they have.
    """
    if mending and mending.effect == ALL:
        return Decimal(1)
    if mending and mending.effect == KEY:
        return max(KINDS[kind].mark(Keyed(kind, version, right), answer) for right in mending.keys)
    share = KINDS[kind].mark(version, answer)
    return share if share is not None else given or Decimal(0)


def marked(paper, versions, answers, mendings=(), given=None):
    """The share of each slot out of 100, and the score of the whole paper out of 100.

    ``paper`` is the pinned list of slots, ``versions`` maps a version's id to
    ``(kind, version)``, ``answers`` maps a slot to its answer, ``given`` a slot that people mark
    to the share they gave.
    """
    mended = in_force(mendings)
    shares, earned, possible = [], Decimal(0), 0
    for slot, item in enumerate(paper):
        mending = mended.get(item["version"])
        share = share_of(*versions[item["version"]], answers.get(slot, []), mending,
                         (given or {}).get(slot))
        shares.append(str(out_of_100(share)))
        if mending is None or mending.effect != NONE:
            earned += share * item["points"]
            possible += item["points"]
    return shares, out_of_100(earned / possible if possible else Decimal(0))


def section_marks(paper, versions, answers, mendings=(), given=None):
    """The mark of each section of the paper out of 100, by the section's place.

    Takes what ``marked`` takes.
    """
    mended, sections = in_force(mendings), {}
    for slot, item in enumerate(paper):
        mending = mended.get(item["version"])
        earned, possible = sections.get(item.get("section", 0), (Decimal(0), 0))
        if mending is None or mending.effect != NONE:
            earned += item["points"] * share_of(
                *versions[item["version"]], answers.get(slot, []), mending,
                (given or {}).get(slot))
            possible += item["points"]
        sections[item.get("section", 0)] = earned, possible
    return {place: out_of_100(earned / possible if possible else Decimal(0))
            for place, (earned, possible) in sorted(sections.items())}


def sections_passed(sections, marks):
    """Whether every section with a pass mark of its own has reached it; ``marks`` by place."""
    return all(marks.get(place, Decimal(0)) >= section["pass_mark"]
               for place, section in enumerate(sections)
               if section.get("pass_mark") is not None and place in marks)


def judged(sheet, versions, answers, mendings=(), given=None, rules=None):
    """The Marks of a handed-in ``sheet``: anything with ``paper``, ``submitted_at`` and ``quiz``.

    The ``rules`` of a quiz (None: of the sheet's own) decide what passes; ``mendings`` come in
    the order in which they were decided; ``given`` is as ``marked`` takes it.

    Of the mendings decided after it was handed in, one that keeps lets nobody lose what they
    had passed before it.
    """
    own = {item["version"] for item in sheet.paper}
    mendings = [one for one in mendings if own & set(one.version_ids)]
    known = [one for one in mendings if one.at <= sheet.submitted_at]
    what = (sheet.paper, versions, answers, known, given)
    marks = reached(rules or sheet.quiz, what)
    for mending in (one for one in mendings if one.at > sheet.submitted_at):
        known.append(mending)
        before, marks = marks, reached(rules or sheet.quiz, what)
        if mending.keeps and before.passed:
            marks = marks._replace(passed=True)
    return marks


def reached(rules, what):
    """The Marks by the ``rules`` of a quiz, every mending taken alike; ``what`` is what
    ``marked`` takes.
    """
    shares, score = marked(*what)
    return Marks(shares, score, score >= rules.pass_mark
                 and sections_passed(rules.sections, section_marks(*what)))


def as_marked(versions, mendings):
    """``versions`` with the keys that count now, to show what is right."""
    shown = dict(versions)
    for key, mending in in_force(mendings).items():
        if mending.effect == KEY and key in shown:
            kind, version = shown[key]
            shown[key] = kind, Keyed(kind, version, united(mending.keys))
    return shown


def united(keys):
    """All that the ``keys`` accept, each once, in their order."""
    return list(dict.fromkeys(part for right in keys for part in right))


def called_off(mendings):
    """The ids of the versions that do not count, and of those for which everybody has points."""
    mended = in_force(mendings)
    return ({key for key, one in mended.items() if one.effect == NONE},
            {key for key, one in mended.items() if one.effect == ALL})
