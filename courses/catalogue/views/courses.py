"""Courses: the list, what is said about one, its authors, its publication."""
from flask import flash, redirect, render_template, request, url_for

from lms.kernel.errors import Refusal
from lms.kernel.i18n import _
from lms.kernel.pages import paged
from lms.kernel.web import load, require, viewer
from lms.people.models import Person
from lms.people.queries import person_by_key

from courses.catalogue.actions import (
    add_author,
    change_course,
    create_course,
    draft,
    offer_again,
    publish,
    remove_author,
    withdraw,
)
from courses.catalogue.forms import AuthorForm, CourseForm, PublicationForm
from courses.catalogue.models import Course
from courses.catalogue.policies import may_create_course, may_edit_course, may_read_courses
from courses.catalogue.queries import (
    courses_seen_by,
    draft_version,
    published_version,
    steps_of,
)
from courses.catalogue.step_kinds import offered
from courses.catalogue.views.blueprint import bp


@bp.get("")
def courses():
    """The courses, with the state of their versions."""
    require(may_read_courses)
    search = request.args.get("q", "")
    return render_template("catalogue/courses.html", q=search,
                           page=paged(courses_seen_by(viewer(), search)),
                           draft_version=draft_version, published_version=published_version,
                           may_create=may_create_course(viewer()))


@bp.route("/new", methods=["GET", "POST"])
def new_course():
    """Begin a course."""
    require(may_create_course)
    form = CourseForm()
    if form.validate_on_submit():
        course = create_course(form.values(), by=viewer())
        flash(_("“%(title)s” was created. Add its first step.", title=course.title_vi), "good")
        return redirect(url_for(".draft_page", key=course.id))
    return render_template("catalogue/edit_course.html", form=form, course=None)


@bp.route("/<int:key>/edit", methods=["GET", "POST"])
def edit_course(key):
    """Change what is said about a course."""
    course = load(Course, key, may_edit_course)
    form = CourseForm(obj=course)
    if form.validate_on_submit():
        change_course(course, form.values(), by=viewer())
        flash(_("“%(title)s” was saved.", title=course.title_vi), "good")
        return redirect(url_for(".draft_page", key=course.id))
    return render_template("catalogue/edit_course.html", form=form, course=course)


@bp.get("/<int:key>")
def draft_page(key):
    """A course as its authors see it: the draft, or what is published, and what can be done."""
    course = load(Course, key, may_edit_course)
    version = draft_version(course) or published_version(course)
    return render_template("catalogue/draft.html", course=course, version=version,
                           steps=steps_of(version) if version else [], kinds=offered(),
                           authors=AuthorForm())


@bp.post("/<int:key>/draft")
def new_draft(key):
    """Begin a draft from what is published."""
    course = load(Course, key, may_edit_course)
    draft(course, by=viewer())
    return redirect(url_for(".draft_page", key=course.id))


@bp.route("/<int:key>/publication", methods=["GET", "POST"])
def publication(key):
    """Publish the draft, saying what happens to people under way."""
    course = load(Course, key, may_edit_course)
    form = PublicationForm()
    if form.validate_on_submit():
        version = publish(course, form.note.data or "", form.move.data == "move", by=viewer())
        flash(_("Version %(number)s is published.", number=version.number), "good")
        return redirect(url_for(".draft_page", key=course.id))
    return render_template("catalogue/publication.html", course=course, form=form,
                           version=draft_version(course))


@bp.post("/<int:key>/withdrawal")
def withdrawal(key):
    """Offer a course no more, or again."""
    course = load(Course, key, may_edit_course)
    (offer_again if course.withdrawn_at else withdraw)(course, by=viewer())
    return redirect(url_for(".draft_page", key=course.id))


@bp.post("/<int:key>/authors")
def new_author(key):
    """Let somebody else write the course too."""
    course = load(Course, key, may_edit_course)
    person = person_by_key(AuthorForm().username.data or "")
    if person is None:
        raise Refusal(_("Nobody has this staff code. Look it up in the list of people."))
    add_author(course, person, by=viewer())
    return redirect(url_for(".draft_page", key=course.id))


@bp.post("/<int:key>/authors/<int:person_key>/removal")
def author_removal(key, person_key):
    """Let an author write the course no more."""
    course = load(Course, key, may_edit_course)
    remove_author(course, load(Person, person_key, lambda *_: True), by=viewer())
    return redirect(url_for(".draft_page", key=course.id))
