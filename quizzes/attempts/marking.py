"""Marking: a pure function of the paper, the questions' versions and the answers."""
from decimal import ROUND_HALF_UP, Decimal

from quizzes.questions.kinds import KINDS

HUNDRED = Decimal(100)
CENT = Decimal("0.01")


def out_of_100(share):
    """A share from 0 to 1 as a mark out of 100, to two decimals, rounded half up."""
    return (share * HUNDRED).quantize(CENT, ROUND_HALF_UP)


def section_marks(paper, versions, answers):
    """The mark of each section of the paper out of 100, by the section's place.

    Takes what ``marked`` takes.
    """
    earned, possible = {}, {}
    for slot, item in enumerate(paper):
        kind, version = versions[item["version"]]
        place = item.get("section", 0)
        share = KINDS[kind].mark(version, answers.get(slot, [])) or Decimal(0)
        earned[place] = earned.get(place, Decimal(0)) + share * item["points"]
        possible[place] = possible.get(place, 0) + item["points"]
    return {place: out_of_100(earned[place] / possible[place]) if possible[place] else Decimal(0)
            for place in sorted(possible)}


def sections_passed(sections, marks):
    """Whether every section with a pass mark of its own has reached it; ``marks`` by place."""
    return all(marks.get(place, Decimal(0)) >= section["pass_mark"]
               for place, section in enumerate(sections)
               if section.get("pass_mark") is not None and place in marks)


def marked(paper, versions, answers):
    """The share of each slot out of 100, and the score of the whole paper out of 100.

    ``paper`` is the pinned list of slots, ``versions`` maps a version's id to
    ``(kind, version)``, ``answers`` maps a slot to its answer.
    """
    shares, earned, possible = [], Decimal(0), 0
    for slot, item in enumerate(paper):
        kind, version = versions[item["version"]]
        # What people mark earns nothing until they have.
        share = KINDS[kind].mark(version, answers.get(slot, [])) or Decimal(0)
        shares.append(str(out_of_100(share)))
        earned += share * item["points"]
        possible += item["points"]
    return shares, out_of_100(earned / possible if possible else Decimal(0))
