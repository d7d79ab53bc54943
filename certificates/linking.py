"""Two records are one person: certificates follow the completions they rest on."""
from sqlalchemy import select

from lms.kernel.db import db

from certificates.models import Certificate
from courses.completions.models import Completion


def follow(passage):
    """Each certificate belongs to whom its completion belongs to; what is printed stays.

    Two that certify one learning: that of the main record stands, the other points to it.
    """
    for (table, key), made in passage.carried.items():
        if table == Completion.__tablename__:
            origins = {key, db.session.get(Completion, key).corrects_id}
            standing = _standing(made)
            for certificate in db.session.scalars(
                    select(Certificate).where(Certificate.completion_id.in_(origins))).all():
                passage.take(certificate, completion_id=made.id,
                             replaced_by_id=certificate.replaced_by_id or standing)


def _standing(completion):
    return db.session.scalar(select(Certificate.id).where(
        Certificate.completion_id == completion.id, Certificate.stands()))
