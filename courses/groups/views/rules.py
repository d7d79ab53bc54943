"""Groups, and the rules by which people belong to them: looked at before they are saved."""
from flask import flash, redirect, render_template, request, url_for
from sqlalchemy import select

from lms.kernel import clock
from lms.kernel.db import db
from lms.kernel.forms import choices
from lms.kernel.i18n import _, day, named
from lms.kernel.pages import paged
from lms.kernel.web import load, require, viewer
from lms.organisations.models import Unit
from lms.organisations.queries import units_on
from lms.organisations.words import kind_word
from lms.people.following import believed_rules
from lms.people.models import TargetGroup
from lms.people.queries import posts_today
from lms.people.rule import split
from lms.people.rule_actions import end_rule, rules_of, set_rule

from courses.groups.actions import make_group
from courses.groups.forms import EndRuleForm, GroupForm, RuleForm
from courses.groups.policies import may_read_groups, may_rule_groups
from courses.groups.preview import previewed
from courses.groups.queries import (
    groups_on,
    kinds_of_units,
    members_seen_by,
    rules_on,
    titles_held,
)
from courses.groups.views.blueprint import bp


@bp.app_template_filter("rule_words")
def rule_words(rule):
    """A rule as words: (what it asks, the words any one of which will do) in a list."""
    units = {unit.key: named(unit) for unit in db.session.scalars(
        select(Unit).where(Unit.key.in_(split(rule.units))))} if rule.units else {}
    asked = ((_("Job titles"), split(rule.titles)),
             (_("Kinds of unit"), [kind_word(kind) for kind in split(rule.kinds)]),
             (_("Units, with what stands below them"),
              [units.get(key, key) for key in split(rule.units)]))
    return [(label, [str(word) for word in words]) for label, words in asked if words]


@bp.get("/groups")
def groups():
    """The groups: how many belong, by a rule or by hand, and which goals mean them."""
    require(may_read_groups)
    return render_template("groups/groups.html", rows=groups_on(clock.today()),
                           may_rule=may_rule_groups(viewer()))


@bp.route("/groups/new", methods=["GET", "POST"])
def new_group():
    """Make a group; who belongs to it is stated afterwards."""
    require(may_rule_groups)
    form = GroupForm()
    if form.validate_on_submit():
        made = make_group(form.values(), by=viewer())
        flash(_("%(group)s was made. Set a rule here, or name its people in lists.",
                group=named(made)), "good")
        return redirect(url_for(".group", key=made.id))
    return render_template("groups/new_group.html", form=form)


@bp.get("/groups/<int:key>")
def group(key):
    """A group: who belongs to it, its rule, and the rules before it."""
    record = load(TargetGroup, key, may_read_groups)
    return group_page(record, EndRuleForm(on=clock.today()))


def group_page(record, end_form):
    """The page of the group ``record``, with the form of the end of its rule."""
    today = clock.today()
    found = next(row for row in groups_on(today) if row[0] is record)
    page = paged(members_seen_by(viewer(), record, today), scalars=False)
    return render_template(
        "groups/group.html", group=record, members=found[1], rule=found[2], goals=found[3],
        rules=believed_rules(record)[::-1], may_rule=may_rule_groups(viewer()), page=page,
        posts=posts_today([person.id for person, _since in page.rows]),
        end_form=end_form)


def rule_form(group, rule=None):
    """The form of the rule of ``group`` with its choices, filled with ``rule``."""
    today = clock.today()
    given = {"titles": "\n".join(split(rule.titles)), "kinds": split(rule.kinds),
             "units": split(rule.units)} if rule and not request.form else {}
    form = RuleForm(valid_from=today, fingerprint=rules_of(group), **given)
    form.kinds.choices = choices((kind, kind_word(kind)) for kind in kinds_of_units(today))
    form.units.choices = choices((unit.key, named(unit)) for unit in units_on(today))
    return form


@bp.route("/groups/<int:key>/rule", methods=["GET", "POST"])
def rule(key):
    """Say who belongs by a rule: described, looked at, then set."""
    record = load(TargetGroup, key, may_rule_groups)
    form = rule_form(record, rules_on(clock.today()).get(record.id))
    decision = request.form.get("decision")
    if decision in ("look", "set") and form.validate():
        return described(record, form, decision)
    return render_template("groups/rule.html", group=record, form=form,
                           titles=titles_held(clock.today()))


def described(record, form, decision):
    """Look at the rule that the form describes, or set it."""
    def act():
        return set_rule(record, form.words(), by=viewer(), seen=form.fingerprint.data)
    if decision == "look":
        return looked_at(record, form.valid_from.data, act, form.words())
    changed = act()
    flash(_("The rule holds from %(day)s on; the group follows the posts.",
            day=day(changed.valid_from)), "good")
    return redirect(url_for(".group", key=record.id))


@bp.post("/groups/<int:key>/rule-end")
def rule_end(key):
    """End a rule from a day on: looked at, then done."""
    record = load(TargetGroup, key, may_rule_groups)
    form = EndRuleForm()
    if not form.validate():
        return group_page(record, form)

    def act():
        return end_rule(record, form.on.data, by=viewer())
    if request.form.get("decision") != "set":
        return looked_at(record, form.on.data, act, None)
    act()
    flash(_("The rule ended; from that day on people are added by hand."), "good")
    return redirect(url_for(".group", key=record.id))


def looked_at(record, since, act, words):
    """The page that shows what the change would do; nothing is saved yet."""
    told = previewed(record, since, act)
    hidden = [(name, value) for name, value in request.form.items(multi=True)
              if name not in ("csrf_token", "decision")]
    return render_template("groups/preview.html", group=record, told=told, since=since,
                           words=words, hidden=hidden)

