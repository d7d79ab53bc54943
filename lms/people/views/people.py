"""People: the list, one person, their posts and groups."""
from flask import flash, g, redirect, render_template, request, url_for

from lms.kernel import clock
from lms.kernel.db import db
from lms.kernel.forms import choices, taken
from lms.kernel.i18n import _, day, named
from lms.kernel.pages import paged
from lms.kernel.web import load, made_file, require, viewer
from lms.organisations.links import coming
from lms.organisations.models import Unit
from lms.people.actions import (
    add_person,
    change_person,
    end_post,
    join_group,
    leave_group,
)
from lms.people.calling_off import call_off, go_on
from lms.people.duplicates import links_of
from lms.people.erasing import waiting_request
from lms.people.exports import people_workbook
from lms.people.following import believed_rules
from lms.people.forms import EndForm, GroupForm, PersonForm, PostForm
from lms.people.models import Membership, Person, Posting, TargetGroup
from lms.people.offers import career_links
from lms.people.policies import (
    has_main_post,
    is_officer,
    may_answer,
    may_change_person,
    may_enter_people,
    may_follow_person,
    may_list_people,
    may_see_change,
    units_today,
)
from lms.people.queries import (
    groups,
    memberships_of,
    people_seen_by,
    postings_of,
    posts_today,
    units_from,
)
from lms.people.views.blueprint import bp
from lms.people.views.units import own_units


@bp.get("/people")
def people():
    """The people the viewer may follow, in the order of a clerk's list."""
    require(may_list_people)
    search = request.args.get("q", "")
    page = paged(people_seen_by(viewer(), search))
    return render_template("people/people.html", q=search, page=page,
                           posts=posts_today([person.id for person in page.rows]),
                           may_enter=may_enter_people(viewer()), elsewhere=to_ask_for())


@bp.get("/people.xlsx")
def people_file():
    """The list of people, as searched, as a workbook."""
    require(may_list_people)
    return made_file(people_workbook(viewer(), request.args.get("q", "")),
                     f"danh-sach-{clock.today()}.xlsx")


@bp.route("/people/new", methods=["GET", "POST"])
def new_person():
    """Enter somebody with their first post."""
    require(may_enter_people)
    form, post_form = PersonForm(), own_units(PostForm(valid_from=clock.today()))
    if form.validate_on_submit() and post_form.validate():
        unit = load(Unit, post_form.unit_id.data, may_answer)
        person = add_person(form.identity(), {
            "unit": unit, "title": post_form.title.data or "",
            "valid_from": post_form.valid_from.data}, by=viewer())
        flash(_("%(name)s is entered.", name=person.full_name), "good")
        return redirect(url_for(".show", key=person.id))
    return render_template("people/new_person.html", form=form, post_form=post_form)


@bp.get("/people/<int:key>")
def show(key):
    """One person: posts, groups, and what can be done; a linked record leads to its main one."""
    person = load(Person, key, may_follow_person)
    if person.main_id is not None:
        return redirect(url_for(".show", key=person.main_id))
    return page_of(person)


def page_of(person, group_form=None, ended=None):
    """The page of ``person``, with a form that could not be taken, so that nothing typed is lost:
    of a new group, or in ``ended`` of the end of a post or a membership.
    """
    group_form = group_form or of_groups(GroupForm(valid_from=clock.today()))
    posts = postings_of(person)
    return render_template(
        "people/show.html", person=person, postings=posts, today=clock.today(),
        coming=coming.of(units_from(posts, clock.today()), person),
        memberships=memberships_of(person), may_change=may_change_person(viewer(), person),
        group_form=group_form, ended=ended or {}, linked=links_of(person),
        ruled={rule.group_id for rule in believed_rules()},
        followed={post.valid_from for post in posts if post.main},
        happenings=possible_happenings(person) if may_change_person(viewer(), person) else (),
        may_organise=is_officer(viewer()) and person.erased_at is None,
        asked=waiting_request(person) if is_officer(viewer()) else None)


def of_groups(form):
    """``form``, which lets one of all groups be chosen."""
    form.group_id.choices = choices((group.id, named(group)) for group in groups())
    return form


def possible_happenings(person):
    """What can be recorded of ``person``, as words and the address of its page."""
    moved = (_("Moved"), url_for(".happened", key=person.id, what="moved"))
    if not units_today(person):
        back = (_("Came back"), url_for(".happened", key=person.id, what="came-back"))
        left = (_("Left or retired"), url_for(".leaving", key=person.id))
        still = any(not held.is_over(clock.today()) for held in memberships_of(person))
        return [back, *([moved] if person.postings else []), *([left] if still else [])]
    # Whoever was left with concurrent posts only has no main post to move.
    main = [moved, *to_ask_for(person)] if has_main_post(person) else [
        (_("New main post"), url_for(".happened", key=person.id, what="came-back"))]
    return [*main, (_("One more post"), url_for(".happened", key=person.id, what="took-on")),
            (_("Left or retired"), url_for(".leaving", key=person.id))]


def to_ask_for(*person):
    """What the viewer can only ask for, of ``person`` or on the list of people."""
    return [link for links in career_links.of(viewer(), *person) for link in links]


@bp.route("/people/<int:key>/edit", methods=["GET", "POST"])
def edit_person(key):
    """Correct what identifies a person."""
    person = load(Person, key, may_change_person)
    form = PersonForm(obj=person)
    if form.validate_on_submit():
        change_person(person, form.identity(), by=viewer(), seen=form.fingerprint.data)
        flash(_("%(name)s was saved.", name=person.full_name), "good")
        return redirect(url_for(".show", key=person.id))
    return render_template("people/edit_person.html", form=form, person=person)


def after_change(person, since):
    """Where a change leads: one that reaches into the past shows first what it corrects."""
    # What the person holds, and so who may see them, is no longer what was loaded before.
    db.session.expire(person, ["postings"])
    if since < clock.today() and may_see_change(viewer(), person):
        return redirect(url_for(".corrected", key=person.id, since=day(since),
                                before=g.began.isoformat()))
    if may_follow_person(viewer(), person):
        return redirect(url_for(".show", key=person.id))
    return redirect(url_for(".people"))


def may_change_posting(person, posting):
    """Whoever may change the person, and acts for the unit of the post."""
    return may_change_person(person, posting.person) and may_answer(person, posting.unit)


@bp.post("/postings/<int:key>/end")
def posting_end(key):
    """End a post."""
    posting = load(Posting, key, may_change_posting)
    form = EndForm()
    if form.validate() and taken(form.on, lambda: end_post(posting, form.on.data, by=viewer())):
        flash(_("The post ends; the person is not counted there from that day on."), "good")
        return after_change(posting.person, form.on.data)
    return page_of(posting.person, ended={posting: form})


@bp.post('/postings/<int:key>/<any("calling-off", "going-on"):what>')
def posting_ahead(key, what):
    """A post that was to begin does not, or one that was to end goes on."""
    return taken_back(load(Posting, key, may_change_posting), what)


@bp.post('/memberships/<int:key>/<any("calling-off", "going-on"):what>')
def membership_ahead(key, what):
    """A membership that was to begin does not, or one that was to end goes on."""
    return taken_back(load(Membership, key, may_change_membership), what)


def taken_back(fact, what):
    """Take back what was recorded for a day to come; then the page of the person, while the
    viewer follows them."""
    person = fact.person
    if what == "going-on":
        go_on(fact, by=viewer())
        flash(_("It goes on; the end is taken back."), "good")
    else:
        call_off(fact, by=viewer())
        flash(_("It is called off; everything is as it was before."), "good")
    return after_change(person, clock.today())


def may_change_membership(person, membership):
    """Whoever may change the person."""
    return may_change_person(person, membership.person)


@bp.post("/people/<int:key>/memberships")
def new_membership(key):
    """Count somebody to a group."""
    person = load(Person, key, may_change_person)
    form = of_groups(GroupForm())
    if form.validate() and taken(form.valid_from, lambda: join_group(
            person, load(TargetGroup, form.group_id.data, lambda *_: True), form.valid_from.data,
            by=viewer())):
        flash(_("%(name)s belongs to the group from that day on.", name=person.full_name), "good")
        return after_change(person, form.valid_from.data)
    return page_of(person, group_form=form)


@bp.post("/memberships/<int:key>/end")
def membership_end(key):
    """End a membership."""
    membership = load(Membership, key, may_change_membership)
    form = EndForm()
    if form.validate() and taken(form.on, lambda: leave_group(
            membership, form.on.data, by=viewer())):
        flash(_("The membership ends that day."), "good")
        return after_change(membership.person, form.on.data)
    return page_of(membership.person, ended={membership: form})
