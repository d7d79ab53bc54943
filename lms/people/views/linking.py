"""Records that look like one person: compared, linked with a look at what changes, parted."""
from datetime import timedelta

from flask import flash, redirect, render_template, request, url_for

from lms.kernel import clock
from lms.kernel.errors import Refusal
from lms.kernel.i18n import _
from lms.kernel.pages import cut, paged
from lms.kernel.web import load, require, viewer
from lms.people.duplicates import first_day, link_over, links, suspects
from lms.people.linking import link, part, say_distinct, tried
from lms.people.models import Person
from lms.people.offers import corrections_told
from lms.people.policies import is_officer
from lms.people.queries import memberships_of, people_seen_by, postings_of, posts_today
from lms.people.views.blueprint import bp


def may_link(person, _thing=None):
    """Training officers: two records may belong to two units."""
    return is_officer(person)


@bp.get("/people/duplicates")
def duplicates():
    """The pairs that look like one person."""
    require(may_link)
    page = cut(suspects())
    ids = [person.id for pair in page.rows for person in (pair.one, pair.other)]
    return render_template("people/duplicates.html", page=page, posts=posts_today(ids))


@bp.get("/people/<int:key>/duplicate")
def look_for_duplicate(key):
    """Look for the other record of somebody by name, staff code or phone."""
    person = load(Person, key, may_link)
    search = request.args.get("q", person.full_name)
    page = paged(people_seen_by(viewer(), search).where(Person.id != person.id))
    return render_template("people/look_for_duplicate.html", person=person, q=search, page=page,
                           posts=posts_today([one.id for one in page.rows]))


@bp.route("/people/<int:key>/duplicates/<int:other_key>", methods=["GET", "POST"])
def compare(key, other_key):
    """Both records beside each other; then what linking them changes; then it is done."""
    main, other = (load(Person, one, may_link) for one in (key, other_key))
    decision = request.form.get("decision")
    if decision == "distinct":
        return keep_apart(main, other)
    if decision == "link":
        return join(main, other)
    return render_template(
        "people/compare.html", main=main, other=other, decision=decision,
        blocks=changes(main, other) if decision == "look" else [],
        records=[(person, postings_of(person), memberships_of(person))
                 for person in (main, other)])


def changes(main, other):
    """What linking would correct in figures and reports, found by doing it for a moment."""
    before = clock.now() - timedelta(microseconds=1)
    since = first_day([main, other]) or clock.today()
    return tried(main, other, viewer(), lambda: corrections_told([main, other], since, before))


def keep_apart(main, other):
    """Keep that they are two people."""
    say_distinct(main, other, by=viewer())
    flash(_("Kept: these are two people. They are not listed again."), "good")
    return redirect(url_for(".duplicates"))


def join(main, other):
    """Make one person of them."""
    link(main, other, by=viewer())
    flash(_("Linked. Everything of both stands with %(name)s (%(key)s).", name=main.full_name,
            key=main.key), "good")
    return redirect(url_for(".show", key=main.id))


@bp.get("/people/links")
def linked():
    """The links made so far; each can be undone."""
    require(may_link)
    return render_template("people/links.html", page=paged(links()))


@bp.post("/people/<int:key>/parting")
def parting(key):
    """Undo the link by which this record went over to another one."""
    person = load(Person, key, may_link)
    made = link_over(person)
    if made is None:
        raise Refusal(_("This record is not linked to another one."))
    part(made, by=viewer())
    flash(_("Parted. Each record holds again what was recorded under it."), "good")
    return redirect(url_for(".show", key=made.main_id))
