"""Asking people what they think, and keeping it apart from who they are."""
from lms.kernel import audit, clock
from lms.kernel.db import db
from lms.kernel.errors import Refusal
from lms.kernel.i18n import _, in_both, named
from lms.kernel.locks import advisory_lock
from lms.kernel.naming import take_out
from lms.notices.actions import Tiding, tell_each

from courses.catalogue.actions import refuse_published
from courses.classes.queries import enrolments_in
from courses.completions.actions import finish_step
from quizzes.surveys.models import ClassSurvey, SurveyAnswer, SurveyTaken
from quizzes.surveys.queries import has_answered, survey_of_class, waiting
from quizzes.surveys.wording import EVALUATION, faulty, read_lines

#: Fewer answers than these are never shown, nor added to those that are.
ENOUGH = 5


def answer(survey, answers, by):
    """Keep ``answers`` to ``survey`` (a step or the evaluation of a class), and apart from them
    that ``by`` answered.

    Results show answers five at a time.  Refused where ``by`` answered before or says nothing.
    """
    if not answers:
        raise Refusal(_("Nothing was answered yet. Answer what you have a view on, then send it."))
    advisory_lock(f"survey {survey.about}")
    if has_answered(by, survey.about):
        raise Refusal(_("You have answered this survey already. Thank you."))
    db.session.add_all([SurveyTaken(about=survey.about, person_id=by.id),
                        SurveyAnswer(about=survey.about, answers=answers)])
    db.session.flush()
    together = waiting(survey.about)
    if len(together) >= ENOUGH:
        for one in together:
            one.shown = True
    db.session.flush()
    audit.record(by, "survey answered", survey)


def do_step(survey, by):
    """The step that ``survey`` is was done by ``by``, who answered it now or in a round before."""
    return finish_step(by, survey, by)


def set_items(survey, items, by):
    """Set what the ``survey`` of a draft asks."""
    refuse_published(survey.version)
    if faulty(items):
        raise Refusal(_("A line has no words, or a choice has fewer than two options."))
    survey.items = items
    db.session.flush()
    audit.record(by, "survey set", survey, items=len(items))
    return survey


def open_class_survey(course_class, by):
    """Ask the participants of the class for its evaluation; each is told once."""
    advisory_lock(f"class survey {course_class.id}")
    if course_class.starts_on > clock.today():
        raise Refusal(_("The class has not begun. Ask for its evaluation from its first day on."))
    if survey_of_class(course_class):
        raise Refusal(_("The evaluation of this class is open already."))
    survey = ClassSurvey(course_class=course_class, items=read_lines(EVALUATION), by=by)
    db.session.add(survey)
    db.session.flush()
    audit.record(by, "class survey opened", survey)
    text_vi, text_en = in_both(lambda: _(
        "How was the class “%(name)s”? Your answers are anonymous.", name=named(course_class)))
    url = f"/quizzes/classes/{course_class.id}/survey"
    tell_each([Tiding(one.person, text_vi, text_en, url, f"survey-{survey.id}-{one.person_id}")
               for one in enrolments_in(course_class)], by)
    return survey


def forget_names(person, naming, **_former):
    """Take the name of somebody erased out of every text."""
    take_out((SurveyAnswer.answers,), naming, person.full_name)
