"""For everybody: what I owe, why, and what to do next."""
from flask import render_template

from lms.kernel import clock
from lms.kernel.web import viewer
from lms.people.queries import memberships_of

from courses.classes.queries import classes_ahead
from courses.completions.queries import progress_in, studies_under_way
from courses.coverage.exemption_queries import exemptions_of
from courses.coverage.extras import blocks, why_not_links
from courses.coverage.forms import KINDS
from courses.coverage.queries import owed_by
from courses.coverage.views.blueprint import bp
from courses.coverage.work import next_course, owed_courses


@bp.get("/my-work")
def my_work():
    """The viewer's work: one sentence, one next step, then the rest."""
    person, today = viewer(), clock.today()
    owed = owed_by(person, today)
    studies = studies_under_way(person)
    course = next_course(owed, studies)
    study = next((one for one in studies if course and one.course_id == course.id), None)
    return render_template(
        "coverage/my_work.html", today=today, courses=owed_courses(owed), owed=owed,
        progress=progress_in(course, study) if course else None,
        under_way={study.course_id for study in studies},
        classes=classes_ahead(person, today),
        blocks=blocks.of(person))


@bp.get("/my-work/why")
def why():
    """Why the viewer must take what they owe: the goal, its basis, the membership, the date."""
    return render_template("coverage/why.html", today=clock.today(), owed=owed_by(viewer()),
                           why_not=why_not_links.of(viewer()))


def record_block(person):
    """The groups, goals and exemptions of ``person``, for the record."""
    return {"template": "coverage/_record.html", "owed": owed_by(person),
            "memberships": memberships_of(person), "exemptions": exemptions_of(person),
            "kinds": KINDS}
