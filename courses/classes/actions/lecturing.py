"""What stands before the names of those who teach."""
from sqlalchemy import delete

from lms.kernel import audit
from lms.kernel.db import db

from courses.classes.models import Lecturer


def set_title(person, title, by):
    """Have ``title`` (ThS., TS., PGS.TS.; nothing: none) stand before the name of ``person`` on
    papers about what they teach.
    """
    db.session.execute(delete(Lecturer).where(Lecturer.person_id == person.id))
    if title:
        db.session.add(Lecturer(person_id=person.id, title=title))
    db.session.flush()
    audit.record(by, "title of lecturer set", person)


def forget_title(person, **_former):
    """Somebody was erased: their title goes."""
    db.session.execute(delete(Lecturer).where(Lecturer.person_id == person.id))
