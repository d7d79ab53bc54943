"""The pages on which a trainer learns from a test."""
from flask import abort, flash, redirect, render_template, url_for

from lms.kernel.errors import Refusal
from lms.kernel.i18n import _, language, named, ngettext
from lms.kernel.text import title_key
from lms.kernel.transaction import looking, transaction
from lms.kernel.web import (
    by_itself,
    key_argument,
    load,
    made_file,
    require,
    turn_away,
    viewer,
)

from courses.catalogue.models import Course
from courses.catalogue.policies import may_edit_course
from quizzes.attempts.policies import may_watch, people_watched
from quizzes.attempts.showing import worded
from quizzes.attempts.sitting import tests_sat_by
from quizzes.blueprint import bp
from quizzes.insight import oddities
from quizzes.insight.actions import keep_figures
from quizzes.insight.exports import gain_workbook, test_workbook
from quizzes.insight.gain import gained
from quizzes.insight.policies import may_list_tests, may_see_insight
from quizzes.insight.queries import (
    classes_of,
    other_tests_of,
    pairs_between,
    papers_of,
    questions_with,
    read,
    reading_of,
    reckoned,
    somebody_sits,
    tests_seen_by,
)
from quizzes.insight.statistics import items, whole
from quizzes.insight.words import in_words, reliability, sentence
from quizzes.papers.models import Quiz
from quizzes.questions.keys import insist_not_sitting
from quizzes.questions.policies import may_edit_question


@bp.get("/tests")
def all_tests():
    """The tests the viewer may learn from."""
    require(may_list_tests)
    return render_template("insight/tests.html", tests=tests_seen_by(viewer()),
                           sat=tests_sat_by(viewer()))


@bp.get("/<int:key>/insight")
def insight(key):
    """What the attempts say about the test and each of its questions."""
    quiz = load(Quiz, key, may_see_insight)
    insist_not_sitting(quiz.version.course_id, viewer())
    reading = reading_of(quiz)
    found, together = items(reading.sittings), whole(reading.sittings)
    questions = questions_with([item.question for item in found])
    return render_template(
        "insight/test.html", quiz=quiz, whole=together, reliable=reliability(together.alpha),
        items=[(item, questions[item.question], *sentence(item, quiz),
                *reading.asked[item.question],
                may_edit_question(viewer(), questions[item.question])) for item in found],
        in_words=in_words, worded=worded, language=language(), gains=gains_of(quiz))


def gains_of(quiz):
    """The pages of what was gained between ``quiz`` and the other tests of its course: (address,
    words).  A test before the course is the earlier of the two.
    """
    found = []
    for other in other_tests_of(quiz):
        if quiz.pretest_of and quiz.pretest_of == other.lineage:
            found.append((url_for(".gain", key=other.id, before=quiz.id),
                          _("What was gained up to “%(test)s”", test=named(other))))
        else:
            found.append((url_for(".gain", key=quiz.id, before=other.id),
                          _("What was gained since “%(test)s”", test=named(other))))
    return found


@bp.get("/<int:key>/insight.xlsx")
def insight_book(key):
    """What the attempts say about the test, as a workbook."""
    quiz = load(Quiz, key, may_see_insight)
    insist_not_sitting(quiz.version.course_id, viewer())
    reading = reading_of(quiz)
    return made_file(test_workbook(quiz, whole(reading.sittings), items(reading.sittings),
                                   reading.asked), f"{quiz.lineage}.xlsx")


@bp.get("/<int:key>/oddities")
def odd_attempts(key):
    """Attempts worth a quiet look: far too fast, or alike beyond chance."""
    quiz = load(Quiz, key, may_see_insight)
    insist_not_sitting(quiz.version.course_id, viewer())
    reading = reading_of(quiz)
    papers = papers_of(reading)
    return render_template(
        "insight/oddities.html", quiz=quiz, fast=oddities.fast(papers),
        alike=oddities.alike(papers), attempts={one.id: one for one in reading.attempts},
        watches=may_watch(viewer(), quiz) and people_watched(viewer(), quiz) is None)


@bp.post("/courses/<int:key>/questions/figures")
@by_itself
def reckoning(key):
    """Reckon now what the answers say about the questions of a course.

    By itself, since whoever writes meanwhile shall not wait: it reads first, and then writes.
    """
    if viewer() is None:
        turn_away()
    with looking():
        course = load(Course, key, may_edit_course)
        if somebody_sits():
            raise Refusal(_("Somebody is sitting at a test just now, and would have to wait. Ask "
                            "again later; the figures are also reckoned by themselves."))
        found = reckoned(course)
    with transaction():
        count = keep_figures(course, found, by=viewer())
    flash(ngettext("What was answered to %(num)s version of a question was reckoned.",
                   "What was answered to %(num)s versions of questions was reckoned.", count),
          "good")
    return redirect(url_for(".bank", key=course.id))


def former_test(quiz):
    """The test before ``quiz`` that the address names, of the same course."""
    key = key_argument("before")
    before = key and load(Quiz, key, may_see_insight)
    if before is None or before.version.course_id != quiz.version.course_id:
        abort(404)
    return before


def rows_of(quiz, before):
    """Who took both tests, by name: (Pair, class or None, first attempt, second attempt)."""
    found = sorted(pairs_between(before, quiz), key=lambda row: row[0].person.sort_key)
    classes = classes_of(quiz.version.course, [pair.person.id for pair, *_both in found])
    return [(pair, classes.get(pair.person.id), *both) for pair, *both in found]


def groups_of(rows):
    """The Gain of each class, those in none last: (class or None, Gain)."""
    classes = {one.id: one for _pair, one, *_both in rows if one}
    groups = [(one, gained([pair for pair, own, *_both in rows if own and own.id == key]))
              for key, one in classes.items()]
    alone = [pair for pair, own, *_both in rows if not own]
    return [*groups, (None, gained(alone))] if alone else groups


def topics_of(rows):
    """The share earned before and after in each topic that both tests ask: (topic, share, share).

    The topic of a question is its category in the bank.
    """
    before = read([first for *_rest, first, _second in rows])
    after = read([second for *_rest, second in rows])
    topic = {key: question.category or _("Without a category")
             for key, question in questions_with({*before.asked, *after.asked}).items()}

    def shares(reading):
        earned, possible = {}, {}
        for sitting in reading.sittings:
            for question, points in sitting.possible.items():
                name = topic[question]
                possible[name] = possible.get(name, 0) + points
                earned[name] = earned.get(name, 0) + sitting.earned[question]
        return {name: earned[name] / points for name, points in possible.items() if points}

    first, second = shares(before), shares(after)
    return [(name, first[name], second[name])
            for name in sorted(first.keys() & second.keys(), key=title_key)]


@bp.get("/<int:key>/gain")
def gain(key):
    """What was gained between a test before and this one: together, by class, topic, person."""
    quiz = load(Quiz, key, may_see_insight)
    insist_not_sitting(quiz.version.course_id, viewer())
    before = former_test(quiz)
    rows = rows_of(quiz, before)
    return render_template(
        "insight/gain.html", quiz=quiz, before=before, rows=rows, groups=groups_of(rows),
        topics=topics_of(rows), all=gained([pair for pair, *_rest in rows]))


@bp.get("/<int:key>/gain.xlsx")
def gain_book(key):
    """The gain of each person as a workbook."""
    quiz = load(Quiz, key, may_see_insight)
    insist_not_sitting(quiz.version.course_id, viewer())
    before = former_test(quiz)
    return made_file(gain_workbook(quiz, before, [row[:2] for row in rows_of(quiz, before)]),
                     f"{quiz.lineage}-gain.xlsx")
