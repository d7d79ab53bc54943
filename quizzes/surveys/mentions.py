"""Where surveys may name somebody: in what they ask."""
from lms.people.mentions import Shelf

from courses.catalogue.mentions import step_places
from quizzes.surveys.models import Survey


def survey_texts():
    """The lines of the surveys of courses."""
    return Shelf("survey", (Survey.items,), step_places)
