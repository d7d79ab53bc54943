"""The letters and decisions of a class, as files that its clerk goes on writing."""
from flask import url_for

from lms.kernel.errors import Refusal
from lms.kernel.i18n import _
from lms.kernel.web import load, made_file

from courses.classes.links import Draft, Drafts
from courses.classes.models import CourseClass
from courses.classes.queries.lecturers import lecturers_in
from courses.reports import letters
from courses.reports.drafts import WORDS, called, lacks, letter_lacks, no_more, waits_for
from courses.reports.papers import drawn
from courses.reports.policies import may_write_letters
from courses.reports.queries.letters import invitation_of, matter_of_class
from courses.reports.views.blueprint import bp

KINDS = ", ".join(f'"{letter}"' for letter in letters.KINDS)


@bp.get(f"/classes/<int:key>/<any({KINDS}):letter>.<any(docx, pdf):kind>")
def letter_file(key, letter, kind):
    """One of the letters of a class."""
    course_class = load(CourseClass, key, may_write_letters)
    _refuse(waits_for(course_class, letter), key)
    paper = letters.WRITTEN[letter](matter_of_class(course_class))
    return made_file(drawn(paper, kind), f"{letter}-{course_class.code}.{kind}")


@bp.get("/classes/<int:key>/giay-moi-<int:person_key>.<any(docx, pdf):kind>")
def lecturer_letter(key, person_key, kind):
    """The invitation of somebody who teaches in a class."""
    course_class = load(CourseClass, key, may_write_letters)
    _refuse(no_more(course_class), key)
    lecturer = next((one for one in lecturers_in(course_class) if one.id == person_key), None)
    if lecturer is None:
        _refuse(_("Nobody of this name teaches a session of the class any more. Look again at its "
                  "sessions."), key)
    paper = invitation_of(lecturer, matter_of_class(course_class))
    return made_file(drawn(paper, kind), f"giay-moi-{course_class.code}-{person_key}.{kind}")


def _refuse(why, key):
    if why:
        raise Refusal(why, back=url_for("classes.papers", key=key))


def drafts_of(course_class, person):
    """The letters of a class on the page of its papers, for those who may write them."""
    if not may_write_letters(person, course_class):
        return None
    why = no_more(course_class)
    if why:
        return Drafts(why, [])
    first, *others = [_draft(course_class, letter) for letter in WORDS]
    return Drafts(" ".join(lacks(course_class)),
                  [first, *_invitation_drafts(course_class), *others])


def _draft(course_class, letter):
    why = waits_for(course_class, letter)
    if why:
        return Draft(str(WORDS[letter]), why, [])
    return Draft(str(WORDS[letter]), " ".join(letter_lacks(course_class, letter)),
                 files("reports.letter_file", key=course_class.id, letter=letter))


def _invitation_drafts(course_class):
    found = [Draft(called(one), "", files("reports.lecturer_letter", key=course_class.id,
                                          person_key=one.id)) for one in lecturers_in(course_class)]
    return found or [Draft(_("Invitations to teach"), _("No session says yet who teaches it."), [])]


def files(endpoint, **values):
    """The kinds of file in which a letter is offered."""
    return [(word, url_for(endpoint, kind=kind, **values))
            for word, kind in (("Word", "docx"), ("PDF", "pdf"))]
