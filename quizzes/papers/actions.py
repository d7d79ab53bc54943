"""What authors and trainers do with a quiz: set it, open it, give more time, print papers."""
from sqlalchemy import update

from lms.kernel import audit, clock
from lms.kernel.db import db
from lms.kernel.errors import Refusal
from lms.kernel.i18n import _
from lms.kernel.naming import take_out
from lms.people.overtaking import refuse_overtaken

from courses.catalogue.actions import refuse_published
from quizzes.papers.assembling import insist_on_blueprint, new_paper, shuffled_anew
from quizzes.papers.code import new_secret
from quizzes.papers.lettering import LETTERS, WAYS
from quizzes.papers.models import ExtraTime, PaperSet, QuizItem
from quizzes.papers.queries import askable, extra_time_of, source_of, undecided_by_grid
from quizzes.papers.rule import AFTER_CLOSE, moments
from quizzes.questions.queries import versions_of


def set_quiz(quiz, values, question_ids, by, parts=None):
    """Set the rules of ``quiz`` and the questions it may ask, in the order given.

    ``parts`` gives the section of a question, from 0, by its id.  A test before the course has
    no questions of its own.
    """
    refuse_published(quiz.version)
    for field, value in values.items():
        setattr(quiz, field, value)
    if quiz.pretest_of:
        question_ids, quiz.blueprint = [], []
    _set_items(quiz, question_ids, parts or {})
    _check_draw(quiz)
    audit.record(by, "quiz set", quiz, questions=len(question_ids))
    return quiz


def _set_items(quiz, question_ids, parts):
    points = {item.question_id: item.points for item in quiz.items}
    for item in list(quiz.items):
        db.session.delete(item)
    db.session.flush()
    last = max(0, len(quiz.sections or ()) - 1)
    db.session.add_all([
        QuizItem(quiz_id=quiz.id, question_id=question_id, position=position,
                 points=points.get(question_id, 1),
                 section=min(parts.get(question_id, 0), last))
        for position, question_id in enumerate(question_ids)])
    db.session.flush()
    db.session.expire(quiz, ["items"])


def _check_draw(quiz):
    count = len(askable(quiz))
    if quiz.draw and quiz.draw > count:
        raise Refusal(_("The test should draw %(draw)s questions, but only %(count)s are chosen. "
                        "Choose more questions or draw fewer.", draw=quiz.draw, count=count))
    if quiz.blueprint:
        insist_on_blueprint(quiz)


def set_hours(quiz, opens_at, closes_at, by, seen=""):
    """Open and close ``quiz`` at other moments (None: no bound), also once it is published.

    Attempts that run keep the end they have.  ``seen`` is the fingerprint of ``quiz`` when the
    form was opened (``lms.people.overtaking``).
    """
    refuse_overtaken(quiz, seen, "hours of quiz set")
    if closes_at is None and AFTER_CLOSE in moments(quiz):
        raise Refusal(_("Results of this test are shown after it closes. Say when it closes."))
    before = [moment and moment.isoformat() for moment in (quiz.opens_at, quiz.closes_at)]
    quiz.opens_at, quiz.closes_at = opens_at, closes_at
    db.session.flush()
    audit.record(by, "hours of quiz set", quiz, before=before)


def renew_code(quiz, by):
    """Make the code of ``quiz`` from something new; the one shown so far opens nothing more."""
    if not quiz.code_secret:
        raise Refusal(_("This test asks for no code."))
    quiz.code_secret = new_secret()
    db.session.flush()
    audit.record(by, "code renewed", quiz)


def give_extra_time(quiz, person, values, by):
    """Give ``person`` more time at ``quiz``: ``percent`` of its limit and ``minutes``, with a
    ``reason``.  Attempts to come have it; it takes the place of what the person had.
    """
    if person.id == by.id:
        raise Refusal(_("Nobody gives more time to themselves. Ask another trainer."))
    if not (values["percent"] or values["minutes"]):
        raise Refusal(_("Say how much more time: per cent or minutes."))
    if not quiz.time_limit and not values["minutes"]:
        raise Refusal(_("This test has no time limit, so per cent add nothing. Give minutes; they "
                        "count from when the test closes."))
    former = extra_time_of(quiz.lineage, person)
    if former is not None:
        former.ended_at = clock.now()
        db.session.flush()
    extra = ExtraTime(lineage=quiz.lineage, person=person, by=by, reason=values["reason"],
                      percent=values["percent"] or 0, minutes=values["minutes"] or 0)
    db.session.add(extra)
    db.session.flush()
    audit.record(by, "extra time given", quiz, person=person.id, percent=extra.percent,
                 minutes=extra.minutes)
    return extra


def end_extra_time(extra, quiz, by):
    """Give the time of ``extra`` no more; attempts that run keep theirs."""
    if extra.ended_at is None:
        extra.ended_at = clock.now()
        db.session.flush()
        audit.record(by, "extra time ended", quiz, person=extra.person_id)


def make_papers(quiz, letters, label, by):
    """Keep a set of so many printed papers of ``quiz``: the same questions in each, in another
    order and with their options in another order; printed again they are the same.

    Questions that no grid decides are left out.
    """
    left_out = {version.question_id for version in undecided_by_grid(quiz)}
    base = new_paper(quiz, without=left_out)
    versions = versions_of({item["version"] for item in base})
    _refuse_unprintable(versions)
    _refuse_empty_parts(quiz, left_out, base)
    papers = {letter: shuffled_anew(base, versions) if place else base
              for place, letter in enumerate(LETTERS[:letters])}
    made = PaperSet(quiz=quiz, by=by, label=label or "", papers=papers)
    db.session.add(made)
    db.session.flush()
    audit.record(by, "papers made", made, quiz=quiz.id, letters=letters)
    return made


def _refuse_unprintable(versions):
    foreign = sorted(version.key for kind, version in versions.values()
                     if kind not in WAYS)
    if foreign:
        raise Refusal(_("These questions cannot be answered on paper: %(keys)s. Take them out of "
                        "the test, or hold it on devices.", keys=", ".join(foreign)))


def _refuse_empty_parts(quiz, left_out, paper):
    """A part that may have a mark of its own needs a question."""
    bereft = {item.section for item in askable(source_of(quiz)) if item.question_id in left_out}
    if bereft - {item.get("section", 0) for item in paper}:
        raise Refusal(_("A part of the test would have no question left on paper. Enlarge the "
                        "areas of its questions, or hold the test on devices."))


def forget_reasons(person, naming, **_gone):
    """Forget why ``person`` had more time, and their name in the reasons of others, when what
    identifies them is erased.
    """
    take_out((ExtraTime.reason, PaperSet.label), naming, person.full_name)
    db.session.execute(update(ExtraTime).where(ExtraTime.person_id == person.id)
                       .values(reason=""))
