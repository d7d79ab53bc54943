"""Assembling a paper: which questions, which versions, in which order."""
from secrets import SystemRandom
from typing import NamedTuple

from lms.kernel.errors import Refusal
from lms.kernel.i18n import _

from quizzes.papers.choosing import Candidate, Row, Short, drawn, rows_of
from quizzes.papers.order import option_order
from quizzes.papers.queries import askable, bank_of, source_of
from quizzes.papers.words import row_words
from quizzes.questions.kinds import KINDS
from quizzes.questions.queries import versions_to_ask

#: Draws and shuffles.  Nobody can foretell it; the demonstration puts a lot that is the same
#: every time in its place.
chance = SystemRandom()


class Place(NamedTuple):
    """A question on a paper before its version is known."""

    section: int
    question: int
    points: int
    kind: str


def new_paper(quiz, seen=frozenset(), lots=None, without=frozenset()):
    """The paper of a new attempt: a slot for each question, with its version and points.

    ``seen`` are the ids of questions the person met before: where the paper is drawn, they come
    last.  ``lots`` draws and shuffles (None: chance).  Questions with the ids ``without`` are
    neither asked nor drawn.
    """
    source, lots = source_of(quiz), lots or chance
    places = _places(source, seen, lots, without)
    if not places:
        raise Refusal(_("This test has no questions yet. Tell your trainer."))
    versions = versions_to_ask([place.question for place in places])
    return [_slot(quiz, source, place, versions[place.question], lots)
            for place in _ordered(source, places, quiz.shuffle, lots)]


def shuffled_anew(paper, versions):
    """The questions of ``paper`` as a neighbour's asks them: in another order, their options
    too.  ``versions`` maps a version's id to (kind, version).
    """
    slots, lots = [], chance
    for item in paper:
        kind, version = versions[item["version"]]
        slots.append(item | {"options": option_order(kind, version.options, True, lots)})
    return _by_section(slots, lambda item: item.get("section", 0), True, lots)


def why_not_drawn(blueprint, bank):
    """Why the ``bank`` (Candidates) cannot give what the ``blueprint`` asks, in words; else
    nothing.
    """
    try:
        drawn(rows_of(blueprint), bank, frozenset(), chance)
    except Short as short:
        return _("The blueprint asks for %(row)s, but the bank can only give %(found)s. Ask for "
                 "fewer, or write more questions of this kind.",
                 row=row_words(short.row), found=short.found)
    return ""


def insist_on_blueprint(quiz):
    """Refuse where the bank cannot give what ``quiz`` draws."""
    fixed = {item.question_id for item in askable(quiz)}
    fault = why_not_drawn(quiz.blueprint, [
        one for one in bank_of(quiz.version.course_id) if one.id not in fixed])
    if fault:
        raise Refusal(fault)


def _places(quiz, seen, lots, without):
    items = [item for item in askable(quiz) if item.question_id not in without]
    chosen = _drawn_items(items, quiz.draw, seen, lots) if quiz.draw else items
    places = [Place(item.section, item.question_id, item.points, item.kind)
              for item in chosen]
    if quiz.blueprint:
        fixed = {item.question_id for item in items}
        bank = [one for one in bank_of(quiz.version.course_id) if one.id not in fixed | without]
        places += [Place(section, one.id, 1, one.kind)
                   for section, one in _drawn_or_refused(quiz.blueprint, bank, seen, lots)]
    return places


def _drawn_items(items, count, seen, lots):
    """So many of the chosen questions, in their order, as difficult together in every paper."""
    bank = [Candidate(item.question_id, "", item.difficulty) for item in items]
    rows = [Row(0, None, None, min(count, len(items)))]
    taken = {one.id for _section, one in drawn(rows, bank, seen, lots)}
    return [item for item in items if item.question_id in taken]


def _drawn_or_refused(blueprint, bank, seen, lots):
    try:
        return drawn(rows_of(blueprint), bank, seen, lots)
    except Short:
        raise Refusal(_("The bank has too few questions left for this test. Tell your "
                        "trainer.")) from None


def _ordered(quiz, places, shuffled, lots):
    return _by_section(places, lambda place: place.section, shuffled, lots)


def _by_section(things, section_of, shuffled, lots):
    """``things`` with their sections one after the other, shuffled within each where asked."""
    things = list(things)
    if shuffled:
        lots.shuffle(things)
    return sorted(things, key=section_of)


def _slot(quiz, source, place, version, lots):
    slot = {"version": version.id, "points": place.points if KINDS[place.kind].worth else 0,
            "options": option_order(place.kind, version.options, quiz.shuffle_options, lots)}
    return slot | ({"section": place.section} if source.sections else {})
