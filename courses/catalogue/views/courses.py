"""Courses: the list, what is said about one, its authors."""
from flask import flash, redirect, render_template, request, url_for

from lms.kernel.forms import choices
from lms.kernel.i18n import _
from lms.kernel.pages import paged
from lms.kernel.web import load, require, viewer
from lms.people.models import Person
from lms.people.policies import is_officer

from courses.catalogue.actions import (
    add_author,
    change_course,
    create_course,
    offer_again,
    remove_author,
    withdraw,
)
from courses.catalogue.forms import AuthorForm, CourseForm
from courses.catalogue.models import Course
from courses.catalogue.policies import (
    may_create_course,
    may_edit_course,
    may_publish_course,
    may_read_courses,
)
from courses.catalogue.queries import (
    courses_seen_by,
    courses_written_by,
    draft_version,
    published_version,
    trainers_today,
)
from courses.catalogue.views.blueprint import bp


@bp.get("")
def courses():
    """The courses, with the state of their versions."""
    require(may_read_courses)
    search = request.args.get("q", "")
    return render_template("catalogue/courses.html", q=search,
                           page=paged(courses_seen_by(viewer(), search)),
                           draft_version=draft_version, published_version=published_version,
                           written=courses_written_by(viewer()), writes_all=is_officer(viewer()),
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
    form = CourseForm(course)
    if form.validate_on_submit():
        change_course(course, form.values(), by=viewer(), seen=form.fingerprint.data)
        flash(_("“%(title)s” was saved.", title=course.title_vi), "good")
        return redirect(url_for(".draft_page", key=course.id))
    return render_template("catalogue/edit_course.html", form=form, course=course)


@bp.post("/<int:key>/withdrawal")
def withdrawal(key):
    """Offer a course no more, or again."""
    course = load(Course, key, may_publish_course)
    if course.withdrawn_at:
        offer_again(course, by=viewer())
        flash(_("“%(title)s” is on offer again.", title=course.title_vi), "good")
    else:
        withdraw(course, by=viewer())
        flash({"text": _("“%(title)s” is withdrawn. Who is in the middle may finish.",
                         title=course.title_vi),
               "undo_url": url_for(".withdrawal", key=course.id)}, "undo")
    return redirect(url_for(".draft_page", key=course.id))


def author_form(course):
    """The form that adds an author: the trainers who do not write ``course`` yet."""
    form = AuthorForm()
    already = {author.person_id for author in course.trainers}
    form.person.choices = choices((person.id, person.full_name) for person in trainers_today()
                                  if person.id not in already)
    return form


@bp.post("/<int:key>/authors")
def new_author(key):
    """Let somebody else write the course too."""
    course = load(Course, key, may_edit_course)
    form = author_form(course)
    if form.validate_on_submit():
        person = load(Person, form.person.data, lambda *_: True)
        add_author(course, person, by=viewer())
        flash(_("%(name)s writes this course too.", name=person.full_name), "good")
    return redirect(url_for(".draft_page", key=course.id))


@bp.post("/<int:key>/authors/<int:person_key>/removal")
def author_removal(key, person_key):
    """Let an author write the course no more."""
    course = load(Course, key, may_edit_course)
    person = load(Person, person_key, lambda *_: True)
    remove_author(course, person, by=viewer())
    flash(_("%(name)s writes this course no more.", name=person.full_name), "good")
    if not may_edit_course(viewer(), course):
        return redirect(url_for(".courses"))
    return redirect(url_for(".draft_page", key=course.id))
