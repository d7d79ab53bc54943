"""A paper as it is shown: a question to answer, a question with its result.  No database."""
from dataclasses import dataclass
from decimal import Decimal

from quizzes.questions.kinds import KINDS, right_answer, texts


@dataclass(frozen=True)
class Shown:
    """A question as the trainee meets it; nothing in it tells the key."""

    kind: str
    template: str
    stem: str
    options: list
    matches: list
    places: list
    chosen: list
    partners: dict
    several: bool


@dataclass(frozen=True)
class Marked:
    """A question after handing in: what was answered, what is right, and why."""

    stem: str
    answered: list
    right: list
    share: Decimal
    explanation: str
    basis: str


def worded(version, field, language):
    """A text of ``version`` in ``language``, Vietnamese where the other is missing."""
    return getattr(version, f"{field}_{language}", "") or getattr(version, f"{field}_vi")


def shown_question(attempt, slot, versions, answers, language):
    """The question in ``slot`` of ``attempt``, its options in the order pinned at the start."""
    item = attempt.paper[slot]
    kind, version = versions[item["version"]]
    names = texts(version.options, language)
    chosen = answers.get(slot, [])
    return Shown(
        kind=kind, template=KINDS[kind].template, stem=worded(version, "stem", language),
        options=[(key, names[key]) for key in item["options"]],
        matches=list(texts(version.matches or [], language).items()),
        places=[str(place) for place in range(1, len(version.options) + 1)], chosen=chosen,
        partners=dict(pair.split("=", 1) for pair in chosen if "=" in pair),
        several=KINDS[kind].several)


def result_slots(attempt, versions, answers, language):
    """Every question of a submitted attempt with its result, in the order it was asked."""
    slots = []
    for slot, item in enumerate(attempt.paper):
        kind, version = versions[item["version"]]
        slots.append(Marked(
            stem=worded(version, "stem", language),
            answered=KINDS[kind].words(version, answers.get(slot, []), language),
            right=KINDS[kind].words(version, right_answer(kind, version), language),
            share=Decimal(attempt.shares[slot]),
            explanation=worded(version, "explanation", language), basis=version.basis))
    return slots
