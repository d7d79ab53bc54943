"""Looking up surveys and what came of them."""
from collections import Counter
from typing import NamedTuple

from sqlalchemy import distinct, func, or_, select

from lms.kernel.db import db
from lms.people.models import Person

from quizzes.surveys.models import ClassSurvey, SurveyAnswer, SurveyTaken
from quizzes.surveys.wording import SCALE, tally


class Results(NamedTuple):
    """What came of a survey: how many people answered, how many of them twice, under two records,
    how many answers are shown, the tally.
    """

    answered: int
    twice: int
    shown: int
    tally: list


def has_answered(person, about):
    """Whether ``person`` answered the survey kept under ``about``, under any of their records."""
    return db.session.scalar(
        select(SurveyTaken.person_id).join(Person, Person.id == SurveyTaken.person_id)
        .where(SurveyTaken.about == about,
               or_(Person.id == person.id, Person.main_id == person.id)).limit(1)) is not None


def results_of(survey):
    """The Results of ``survey``: only what was let out, five answers at a time.

    Whoever answered under two records, linked since, is one person; both answers stay, because
    nothing keeps which they are.
    """
    taken, people = db.session.execute(
        select(func.count(), func.count(distinct(func.coalesce(Person.main_id, Person.id))))
        .select_from(SurveyTaken).join(Person, Person.id == SurveyTaken.person_id)
        .where(SurveyTaken.about == survey.about)).one()
    answers = db.session.scalars(
        select(SurveyAnswer.answers).where(
            SurveyAnswer.about == survey.about, SurveyAnswer.shown.is_(True))).all()
    return Results(people, taken - people, len(answers),
                   tally(survey.items, answers) if answers else [])


def waiting(about):
    """The answers that wait until five are together."""
    return db.session.scalars(select(SurveyAnswer).where(
        SurveyAnswer.about == about, SurveyAnswer.shown.is_(False))).all()


def satisfaction_of_classes(class_ids):
    """Course id → the sum of the levels given in the evaluations of these classes, and how many
    there are; only of what was let out, five answers at a time.
    """
    sums, counts = Counter(), Counter()
    for survey in db.session.scalars(
            select(ClassSurvey).where(ClassSurvey.class_id.in_(class_ids))):
        course = survey.course_class.course_id
        for item, given, _mean, _texts in results_of(survey).tally:
            for level, times in given if item["kind"] == SCALE else ():
                sums[course] += int(level) * times
                counts[course] += times
    return {course: {"satisfaction": (sums[course], counts[course])} for course in counts}


def survey_of_class(course_class):
    """The evaluation of the class, or None where it was not opened yet."""
    return db.session.scalar(select(ClassSurvey).filter_by(class_id=course_class.id))
