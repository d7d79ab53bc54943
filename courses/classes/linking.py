"""Two records are one person: the seats in classes go over, and the title of a lecturer."""
from lms.kernel.db import db
from lms.people.linking import owned

from courses.classes.models import Enrolment, Lecturer
from courses.classes.queries.lecturers import title_of


def take_over(passage):
    """The main record takes part where the other did; where both did, each keeps its row."""
    held = {enrolment.class_id for enrolment in owned(Enrolment, passage.target)}
    for enrolment in owned(Enrolment, passage.source):
        if enrolment.class_id not in held:
            passage.take(enrolment)
    # It says the same of both records, so it stays where it is when they are parted.
    title = title_of(passage.source)
    if title and not title_of(passage.target):
        db.session.add(Lecturer(person_id=passage.target.id, title=title))
