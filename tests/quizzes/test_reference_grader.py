"""Marks against a grader written a second time, for random answers and random decisions."""
import random
from datetime import timedelta
from fractions import Fraction
from types import SimpleNamespace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from quizzes.attempts.marking import judged
from quizzes.attempts.queries import answers_of
from quizzes.attempts.regrading_actions import Change, mark_all_again, mend
from tests.conftest import MORNING
from tests.quizzes.questions import question
from tests.quizzes.sitting import answer

OPTIONS = "ABC"
#: The moments of a story: decisions before 10 are known when the attempt is handed in.
HANDED_IN = 10


def moment(number):
    """A moment of the story."""
    return MORNING + timedelta(minutes=number)


def rounded(fraction):
    """A share as a mark out of 100, in whole hundredths, halves up."""
    return int(fraction * 10_000 + Fraction(1, 2))


def reference(paper, versions, answers, decisions, needed):
    """(hundredths, passed) by plain fractions: decisions are (time, version, effect, keys, keeps).

    Written without a look at the marking: for each question the last decision counts; every
    verdict after the first may only be kept by a decision that keeps.
    """
    def score(until):
        earned = possible = Fraction(0)
        for slot, (version, points) in enumerate(paper):
            kind, right = versions[version]
            effect, keys = "key", [right]
            for _time, about, what, new, _keeps in decisions[:until]:
                if about == version:
                    effect, keys = what, new if what == "key" else [right]
            given = answers.get(slot, [])
            hit = any(sorted(given) == sorted(key) if kind == "multiple" else given == key[:1]
                      for key in keys)
            if effect != "none":
                possible += points
                earned += points if effect == "all" or hit else 0
        return rounded(earned / possible) if possible else 0

    first = sum(time <= HANDED_IN for time, *_rest in decisions)
    total = score(first)
    passed = total >= needed * 100
    for number in range(first, len(decisions)):
        total = score(number + 1)
        passed = total >= needed * 100 or (passed and decisions[number][4])
    return total, passed


KEYS = {"single": st.sampled_from(OPTIONS).map(lambda key: [key]),
        "multiple": st.lists(st.sampled_from(OPTIONS), min_size=1, unique=True)}


@st.composite
def stories(draw):
    """A paper, its questions, the answers, and what was decided afterwards, in order of time."""
    kinds = draw(st.lists(st.sampled_from(("single", "multiple")), min_size=1, max_size=5))
    versions = {number: (kind, draw(KEYS[kind])) for number, kind in enumerate(kinds)}
    paper = [(number, draw(st.integers(1, 3))) for number in versions]
    answers = {slot: draw(KEYS[kind]) for slot, kind in enumerate(kinds) if draw(st.booleans())}
    times = sorted(draw(st.lists(st.integers(0, 20), max_size=5)))
    decisions = []
    for time in times:
        about = draw(st.sampled_from(sorted(versions)))
        effect = draw(st.sampled_from(("key", "key", "all", "none")))
        keys = draw(st.lists(KEYS[versions[about][0]], min_size=1, max_size=2))
        decisions.append((time, about, effect, keys, draw(st.booleans())))
    return paper, versions, answers, decisions, draw(st.sampled_from((25, 50, 67)))


@pytest.mark.slow
@settings(max_examples=300, deadline=None)
@given(stories())
def test_any_story_gives_the_marks_of_the_reference(story):
    paper, versions, answers, decisions, needed = story
    sheet = SimpleNamespace(
        paper=[{"version": version, "points": points} for version, points in paper],
        submitted_at=moment(HANDED_IN), quiz=SimpleNamespace(pass_mark=needed, sections=[]))
    asked = {key: (kind, question(OPTIONS, right)) for key, (kind, right) in versions.items()}
    mendings = [SimpleNamespace(version_ids=[about], effect=effect, keys=keys, keeps=keeps,
                                at=moment(time))
                for time, about, effect, keys, keeps in decisions]

    marks = judged(sheet, asked, answers, mendings)

    assert (int(marks.score * 100), marks.passed) == reference(
        paper, versions, answers, decisions, needed)


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(4))
def test_decision_after_decision_the_database_holds_the_marks_of_the_reference(
        world, later, seed):
    chance = random.Random(seed)
    items = world.law_quiz.items
    kept = [item.question.versions[0] for item in items]
    versions = {version.id: (item.question.kind, version.right)
                for item, version in zip(items, kept, strict=True)}
    attempts = [answer(world.law_quiz, person, [[chance.choice("AB")], chance.sample("ABC", 2),
                                                [chance.choice("TF")], None])
                for person in (world.lan, world.hoa, world.ha, world.vi)]
    decisions = []
    for round_ in range(5):
        later(30 + round_)
        place = chance.randrange(2)
        effect = chance.choice(("key", "key", "all"))
        keys = [[chance.choice("AB")] if not place else chance.sample("ABC", 2)]
        change = Change([kept[place].id], effect, keys if effect == "key" else [], "Xét lại",
                        chance.choice((True, False)))
        decisions.append((30 + round_, kept[place].id, effect, keys, change.keeps))

        mend(items[place].question, change, by=world.an)

        for one in attempts:
            paper = [(item["version"], item["points"]) for item in one.paper]
            assert (int(one.score * 100), one.passed) == reference(
                paper, versions, answers_of(one), decisions, 50)
        assert mark_all_again(None, keep=False) == (4, [])
