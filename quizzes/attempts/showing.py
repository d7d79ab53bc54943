"""A paper as it is shown: a question to answer, a question with its result.  No database."""
import re
from dataclasses import dataclass, field
from decimal import Decimal

from markupsafe import Markup
from werkzeug.datastructures import MultiDict

from lms.kernel.i18n import _

from quizzes.attempts.marking import marked, section_marks
from quizzes.papers.lettering import LETTERS
from quizzes.questions.kinds import KINDS, right_answer
from quizzes.questions.places import LETTERED, names_letters
from quizzes.questions.richtext import plain, shown
from quizzes.questions.showing import Face, face, worded

#: How the parts of a question name themselves and each other, up to the first name; and the
#: attributes that may name several, up to the second.
NAMINGS = [f'{before}{attribute}="' for before in " \n" for attribute in (
    "id", "name", "for", "list", "aria-describedby", "aria-labelledby")]
SEVERAL = re.compile(r'([ \n]aria-(?:describedby|labelledby)="[^" ]+)( [^"]+)')


@dataclass
class Shown(Face):
    """A question of a paper as the trainee meets it, in its slot; nothing in it tells the key."""

    slot: int = 0
    rev: int = 0
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
    #: What the author says to the options chosen.
    feedback: list = field(default_factory=list)
    #: Whether it asks something, whether people mark it, and whether it was answered at all.
    worth: bool = True
    by_hand: bool = False
    given: bool = True


def apart(html, slot):
    """``html`` of a question with names of its own, so that a page can hold several questions."""
    own = str(html)
    for naming in NAMINGS:
        own = own.replace(naming, f"{naming}s{slot}-")
    if 'by="' in own:
        own = SEVERAL.sub(lambda found: found[1] + found[2].replace(" ", f" s{slot}-"), own)
    return Markup(own)  # noqa: S704 - it came from a template of ours


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
    seen = vars(face(kind, version, item["options"], answers.get(slot, []), language))
    if kind in LETTERED and names_letters(version.options):
        # Options that name others by their letter stand in the author's order, with letters.
        seen = seen | {"options": [
            (key, Markup(f"{letter}. {name}"))  # noqa: S704 - a letter before HTML of ours
            for letter, (key, name) in zip(LETTERS, seen["options"], strict=False)]}
    return Shown(**seen, slot=slot, rev=rev, locked=slot in attempt.locked)


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


def nothing_to_check(slot):
    """What is said where the question in ``slot`` was to be checked without an answer."""
    return _("Question %(n)s has no answer yet. Answer it, then check.", n=slot + 1)


def section_results(rules, *what):
    """Each section of the quiz ``rules`` with its mark out of 100, where the paper asks it;
    ``what`` is what ``marked`` takes.
    """
    marks = section_marks(*what)
    return [(section, marks[place]) for place, section in enumerate(rules.sections)
            if place in marks]


def marked_slot(item, versions, answer, language, share):
    """The question of a slot with its result."""
    kind, version = versions[item["version"]]
    return Marked(
        stem=plain(worded(version, "stem", language)),
        answered=KINDS[kind].words(version, answer, language),
        right=KINDS[kind].words(version, right_answer(kind, version), language), share=share,
        feedback=KINDS[kind].feedback(version, answer, language),
        worth=KINDS[kind].worth, by_hand=KINDS[kind].by_hand, given=bool(answer),
        explanation=shown(worded(version, "explanation", language)), basis=version.basis)
