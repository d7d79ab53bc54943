"""What certificates add to the file of a class."""
from itertools import groupby

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from lms.kernel.db import db
from lms.people.policies import reads_all

from certificates.models import Certificate, Register
from certificates.papers import register_books
from certificates.register_drawing import draw_register
from courses.classes.archiving import FilePaper
from courses.completions.models import Completion


def extract_of_class(course_class, viewer):
    """The lines of the register with the certificates of the class, for those who read all of it:
    a register says days of birth.
    """
    if not reads_all(viewer):
        return []
    lines = db.session.scalars(
        select(Certificate).join(Certificate.register).join(Certificate.completion)
        .options(joinedload(Certificate.register), joinedload(Certificate.replaced_by))
        .where(Completion.class_id == course_class.id)
        .order_by(Register.year, Register.issuer, Register.id, Certificate.number)).unique().all()
    books = [book for year, certificates in groupby(lines, lambda line: line.register.year)
             for book in register_books(list(certificates), year)]
    if not books:
        return []
    return [FilePaper("Trích sổ cấp chứng nhận", "so-cap-chung-nhan.pdf", draw_register(*books))]
