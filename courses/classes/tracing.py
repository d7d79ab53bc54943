"""What the trainers of a class read of the trail: what was done in it."""
from sqlalchemy import String, cast, literal, or_, select

from lms.kernel.audit import AuditEntry
from lms.people.models import Person

from courses.classes.models import ClassTrainer, Enrolment, Session


def share_of_trainer(person):
    """The condition on entries of the trail that they were done in a class that ``person`` teaches
    now, and the condition on people that they are in one.
    """
    taught = select(ClassTrainer.class_id).where(ClassTrainer.person_id == person.id)
    entries = or_(
        AuditEntry.subject.in_(_subjects("course_class", ClassTrainer.class_id).where(
            ClassTrainer.person_id == person.id)),
        *(AuditEntry.subject.in_(_subjects(model.__tablename__, model.id).where(
            model.class_id.in_(taught))) for model in (Session, Enrolment)))
    people = Person.id.in_(select(Enrolment.person_id).where(Enrolment.class_id.in_(taught)))
    return entries, people


def _subjects(table, key):
    return select(literal(f"{table}:", String).concat(cast(key, String)))
