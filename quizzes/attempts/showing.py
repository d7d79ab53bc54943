"""A paper as it is shown: a question to answer, a question with its result.  No database."""
import re
from dataclasses import dataclass
from decimal import Decimal

from markupsafe import Markup
from werkzeug.datastructures import MultiDict

from quizzes.attempts.marking import marked, section_marks
from quizzes.papers.lettering import LETTERS
from quizzes.papers.order import names_letters
from quizzes.questions.kinds import KINDS, right_answer, texts

#: The kinds whose options are told apart by letters.
LETTERED = ("single", "multiple")
#: The attributes by which the parts of a question name each other and themselves.
NAMES = re.compile(r'(?<=[\s])(id|name|for|list|aria-describedby|aria-labelledby)="([^"]+)"')


@dataclass(frozen=True)
class Shown:
    """A question as the trainee meets it; nothing in it tells the key."""

    slot: int
    rev: int
    kind: str
    template: str
    stem: str
    options: list
    matches: list
    places: list
    chosen: list
    partners: dict
    several: bool
    locked: bool = False


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


def apart(html, slot):
    """``html`` of a question with names of its own, so that a page can hold several questions."""
    def named(found):
        names = " ".join(f"s{slot}-{name}" for name in found[2].split())
        return f'{found[1]}="{names}"'
    return Markup(NAMES.sub(named, str(html)))  # noqa: S704 - it came from a template of ours


def fields_of(slot, form):
    """The fields of the question in ``slot``, by the names its own page would give them."""
    prefix = f"s{slot}-"
    own = [(name.removeprefix(prefix), value) for name, value in form.items(multi=True)
           if name.startswith(prefix)]
    return MultiDict(own) if own else form


def shown_paper(attempt, versions, counts, language):
    """Every question of ``attempt``; ``counts`` gives the revision and answer of each slot."""
    answers = {slot: given for slot, (_rev, given) in counts.items()}
    return [shown_question(attempt, slot, versions, answers, language,
                           counts.get(slot, (0, []))[0])
            for slot in range(len(attempt.paper))]


def shown_question(attempt, slot, versions, answers, language, rev=0):
    """The question in ``slot`` of ``attempt``, its options in the order pinned at the start."""
    item = attempt.paper[slot]
    kind, version = versions[item["version"]]
    names = texts(version.options, language)
    if kind in LETTERED and names_letters(version.options):
        # Options that name others by their letter stand in the author's order, with letters.
        names = {key: f"{letter}. {name}"
                 for letter, (key, name) in zip(LETTERS, names.items(), strict=False)}
    chosen = answers.get(slot, [])
    return Shown(
        slot=slot, rev=rev, kind=kind, template=KINDS[kind].template,
        stem=worded(version, "stem", language),
        options=[(key, names[key]) for key in item["options"]],
        matches=list(texts(version.matches or [], language).items()),
        places=[str(place) for place in range(1, len(version.options) + 1)], chosen=chosen,
        partners=dict(pair.split("=", 1) for pair in chosen if "=" in pair),
        several=KINDS[kind].several, locked=slot in attempt.locked)


def result_slots(attempt, versions, answers, language):
    """Every question of a submitted attempt with its result, in the order it was asked."""
    return [marked_slot(item, versions, answers.get(slot, []), language,
                        Decimal(attempt.shares[slot]))
            for slot, item in enumerate(attempt.paper)]


def checked_slots(attempt, versions, answers, language):
    """What is told in practice about each locked question of a running ``attempt``, by slot."""
    shares, _score = marked(attempt.paper, versions, answers)
    return {slot: marked_slot(attempt.paper[slot], versions, answers.get(slot, []), language,
                              Decimal(shares[slot]))
            for slot in attempt.locked}


def section_results(rules, paper, versions, answers):
    """Each section of the quiz ``rules`` with its mark out of 100, where the paper asks it."""
    marks = section_marks(paper, versions, answers)
    return [(section, marks[place]) for place, section in enumerate(rules.sections)
            if place in marks]


def marked_slot(item, versions, answer, language, share):
    """The question of a slot with its result."""
    kind, version = versions[item["version"]]
    return Marked(
        stem=worded(version, "stem", language),
        answered=KINDS[kind].words(version, answer, language),
        right=KINDS[kind].words(version, right_answer(kind, version), language), share=share,
        explanation=worded(version, "explanation", language), basis=version.basis)
