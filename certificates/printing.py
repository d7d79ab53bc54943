"""What is printed on a certificate, in the words of the day it is issued."""
from sqlalchemy import select

from lms.kernel.db import db

from courses.classes.models import CourseClass, Session
from courses.completions.marks import mark_waits
from courses.completions.models import Study

MODE_WORDS = {
    "online": ("Trực tuyến", "Online"), "in_person": ("Trực tiếp", "In person"),
    "blended": ("Kết hợp", "Blended"),
}
#: The least mark out of 100 for each grade.  The customer's own scale; see docs/operations.md.
GRADES = ((90, "Xuất sắc", "Excellent"), (80, "Giỏi", "Very good"), (65, "Khá", "Good"),
          (50, "Đạt", "Pass"))


def grade_of(mark):
    """The grade for a mark out of 100 in both languages; two empty words without one."""
    if mark is None:
        return "", ""
    return next(((vi, en) for least, vi, en in GRADES if mark >= least), ("", ""))


def told(certificate):
    """The printed fields of ``certificate`` as its paper and its pages tell them: without the grade
    while the test still holds the mark back.  The register has it from the first day.
    """
    if mark_waits(certificate.completion):
        return {**certificate.printed, "grade_vi": "", "grade_en": ""}
    return certificate.printed


def frozen(completion, issuer, unit):
    """Every printed field of the certificate for ``completion``, as plain JSON values."""
    person, course = completion.person, completion.course
    course_class = (db.session.get(CourseClass, completion.class_id)
                    if completion.class_id else None)
    begun, ended = _span(completion, course_class)
    mode = MODE_WORDS[course_class.mode if course_class else course.mode]
    grade = grade_of(completion.mark)
    return {
        "name": person.full_name, "gender": person.gender, "birth": person.birth,
        "unit_vi": unit.name_vi if unit else "", "unit_en": unit.name_en if unit else "",
        "course_vi": course_class.title_vi if course_class else course.title_vi,
        "course_en": course_class.title_en if course_class else course.title_en,
        "begun": begun.isoformat(), "ended": ended.isoformat(), "periods": course.periods,
        "mode_vi": mode[0], "mode_en": mode[1], "grade_vi": grade[0], "grade_en": grade[1],
        "decision": course_class.decision if course_class else "",
        "valid_until": completion.valid_until.isoformat() if completion.valid_until else "",
        **_heading(issuer),
    }


def _heading(issuer):
    if issuer is None:
        return dict.fromkeys(("superior", "issuer_vi", "issuer_en", "place", "signer_title_vi",
                              "signer_title_en", "signer"), "")
    return {"superior": issuer.superior, "issuer_vi": issuer.unit.name_vi,
            "issuer_en": issuer.unit.name_en, "place": issuer.place,
            "signer_title_vi": issuer.signer_title_vi, "signer_title_en": issuer.signer_title_en,
            "signer": issuer.signer}


def _span(completion, course_class):
    """The first and the last day of the learning."""
    if course_class:
        days = db.session.scalars(select(Session.on).filter_by(class_id=course_class.id)).all()
        return (min(days), max(days)) if days else (course_class.starts_on, course_class.ends_on)
    begun = db.session.scalar(
        select(Study.begun_at).filter_by(person_id=completion.person_id,
                                         course_id=completion.course_id)
        .order_by(Study.begun_at.desc()).limit(1))
    first = min(begun.date(), completion.learned_on) if begun else completion.learned_on
    return first, completion.learned_on
