"""The letters and decisions of a class, as files that its clerk goes on writing."""
from flask import url_for

from lms.kernel.errors import Refusal
from lms.kernel.i18n import _, _l
from lms.kernel.web import load, made_file

from courses.classes.links import Draft
from courses.classes.models import CourseClass
from courses.classes.queries.lecturers import named_lecturers
from courses.reports import letters
from courses.reports.papers import drawn
from courses.reports.policies import may_write_letters
from courses.reports.queries.letters import lecturers_of, matter_of_class, post_of
from courses.reports.views.blueprint import bp

WORDS = {
    letters.NOMINATING: _l("Letter that asks the units to send people"),
    letters.OPENING: _l("Decision that opens the class, with the list of participants"),
    letters.PROGRAMME: _l("Programme of the class"),
    letters.RECOGNISING: _l("Decision that recognises the results, with their list"),
}
KINDS = ", ".join(f'"{letter}"' for letter in letters.KINDS)


@bp.get(f"/classes/<int:key>/<any({KINDS}):letter>.<any(docx, pdf):kind>")
def letter_file(key, letter, kind):
    """One of the letters of a class."""
    course_class = load(CourseClass, key, may_write_letters)
    why = what_it_waits_for(course_class, letter)
    if why:
        raise Refusal(why, back=url_for("classes.papers", key=key))
    paper = letters.WRITTEN[letter](matter_of_class(course_class))
    return made_file(drawn(paper, kind), f"{letter}-{course_class.code}.{kind}")


@bp.get("/classes/<int:key>/giay-moi-<int:person_key>.<any(docx, pdf):kind>")
def lecturer_letter(key, person_key, kind):
    """The invitation of somebody who teaches in a class."""
    course_class = load(CourseClass, key, may_write_letters)
    lecturer = next((one for one in lecturers_of(course_class) if one.id == person_key), None)
    if lecturer is None:
        raise Refusal(_("Nobody of this name teaches a session of the class any more. Look again "
                        "at its sessions."), back=url_for("classes.papers", key=key))
    paper = letters.invitation(matter_of_class(course_class),
                               named_lecturers([lecturer])[lecturer.id],
                               *post_of(lecturer, course_class.starts_on))
    return made_file(drawn(paper, kind), f"giay-moi-{course_class.code}-{person_key}.{kind}")


def what_it_waits_for(course_class, letter):
    """What is still missing for a letter of the class, as a sentence; nothing where it is there."""
    if letter == letters.PROGRAMME and not course_class.sessions:
        return _("The class has no sessions yet. Add them first.")
    if letter == letters.RECOGNISING and course_class.closed_at is None:
        return _("The class is not closed yet, so there are no results to recognise.")
    return ""


def drafts_of(course_class, person):
    """The letters of a class on the page of its papers, for those who may write them."""
    if not may_write_letters(person, course_class):
        return []
    found = []
    for letter, word in WORDS.items():
        why = what_it_waits_for(course_class, letter)
        found.append(Draft(str(word), why, [] if why else files(
            "reports.letter_file", key=course_class.id, letter=letter)))
    found[1:1] = [Draft(_("Invitation of %(name)s to teach", name=lecturer.full_name), "", files(
        "reports.lecturer_letter", key=course_class.id, person_key=lecturer.id))
        for lecturer in lecturers_of(course_class)]
    return found


def files(endpoint, **values):
    """The kinds of file in which a letter is offered."""
    return [(word, url_for(endpoint, kind=kind, **values))
            for word, kind in (("Word", "docx"), ("PDF", "pdf"))]
