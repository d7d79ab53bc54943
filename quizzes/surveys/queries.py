"""Looking up surveys and what came of them."""
from json import dumps
from typing import NamedTuple

from sqlalchemy import Text, cast, false, func, or_, select

from lms.kernel.db import db

from quizzes.surveys.models import ClassSurvey, SurveyAnswer, SurveyTaken
from quizzes.surveys.wording import tally


class Results(NamedTuple):
    """What came of a survey: how many answered, how many answers are shown, the tally."""

    answered: int
    shown: int
    tally: list


def has_answered(person, about):
    """Whether ``person`` answered the survey kept under ``about``."""
    return db.session.get(SurveyTaken, (about, person.id)) is not None


def results_of(survey):
    """The Results of ``survey``: only what was let out, five answers at a time."""
    answered = db.session.scalar(
        select(func.count()).select_from(SurveyTaken).where(SurveyTaken.about == survey.about))
    answers = db.session.scalars(
        select(SurveyAnswer.answers).where(
            SurveyAnswer.about == survey.about, SurveyAnswer.shown.is_(True))).all()
    return Results(answered, len(answers), tally(survey.items, answers) if answers else [])


def waiting(about):
    """The answers that wait until five are together."""
    return db.session.scalars(select(SurveyAnswer).where(
        SurveyAnswer.about == about, SurveyAnswer.shown.is_(False))).all()


def survey_of_class(course_class):
    """The evaluation of the class, or None where it was not opened yet."""
    return db.session.scalar(select(ClassSurvey).filter_by(class_id=course_class.id))


def naming(names):
    """The answers in whose texts one of the ``names`` stands."""
    # JSON keeps letters beyond English as codes, so that is how they are looked for.
    text = cast(SurveyAnswer.answers, Text)
    return db.session.scalars(select(SurveyAnswer).where(or_(false(), *(
        text.contains(dumps(name)[1:-1], autoescape=True) for name in names)))).all()
