"""What the pages of units and of people say of acts that wait for their day."""
from flask import url_for
from markupsafe import Markup
from sqlalchemy import func, select

from lms.kernel import clock
from lms.kernel.db import db
from lms.kernel.i18n import _, day, named, ngettext
from lms.kernel.web import viewer
from lms.people.offers import line
from lms.people.queries import postings_of

from courses.reorganisation.ahead import ids_of
from courses.reorganisation.models import Reorganisation
from courses.reorganisation.plan import NOWHERE
from courses.reorganisation.policies import may_read_reorganisations
from courses.reorganisation.queries import units_named, waiting_acts
from courses.reorganisation.words import KIND_WORDS


def coming_acts(units, person):
    """A sentence for each act that waits and names one of ``units``, or is about ``person`` there;
    officers and auditors find the way to it."""
    asked, waiting = {unit.id for unit in units}, waiting_acts()
    posts = postings_of(person) if person and waiting else ()
    acts = [act for act in waiting if _touches(act, asked, person, posts)]
    if not acts:
        return []
    names = units_named({key for act in acts for key in ids_of(act)})
    return [_line(act, names, person) for act in acts]


def acts_by(on):
    """A sentence for each act that waits and takes effect by the day ``on``."""
    acts = waiting_acts(on)
    names = units_named({key for act in acts for key in ids_of(act)})
    return [_line(act, names, None) for act in acts]


def _touches(act, asked, person, posts):
    """Somebody is concerned by what their own unit does while they are in it, a unit also by who
    comes to it."""
    if person is None:
        return asked & ids_of(act)
    return any(post.unit_id in act.units["sources"] for post in posts
               if not post.is_over(act.on))


def _line(act, names, person):
    reads = may_read_reorganisations(viewer())
    what = {"what": _what(act, names), "act": act.act}
    words = _("Not done: %(what)s, %(act)s.", **what) if act.failed_at else _(
        "In force from %(day)s on: %(what)s, %(act)s.", day=day(act.on), **what)
    told = [Markup('<a href="{}">{}</a>').format(url_for("reorganisation.show", key=act.id), words)
            if reads else words]
    if act.failed_at:
        return Markup(" ").join([*told, *_refused(act, reads)])
    goes = _heir(act, act.plan["people"].get(str(person.id)), names) if person else None
    if goes:
        told.append(_("%(name)s goes to %(unit)s.", name=person.full_name, unit=goes))
    return Markup(" ").join(told)


def _refused(act, reads):
    """When an act was refused, why, and what is to be done, as sentences."""
    days = {"on": day(act.on), "day": day(act.failed_on)}
    if act.tries_again:
        return [_("It was to take effect on %(on)s; everything is as it was before.",
                  on=days["on"]),
                _("A fault in the system stopped it; it is tried again every minute.")]
    return [_("It was to take effect on %(on)s and was refused on %(day)s; everything is as it "
              "was before.", **days), *filter(None, [act.stopped_by]),
            _("Open the act to try again or to take it back.") if reads else
            _("The training officers put it right or take it back.")]


def _what(act, names):
    """What happens: "Merge: Office → Newspaper"."""
    sources = ", ".join(named(names[key]) for key in act.units["sources"])
    places = [_heir(act, place, names) for place in range(len(act.plan["heirs"]))]
    if act.plan["parent"]:
        places.append(named(names[act.plan["parent"]]))
    return f"{KIND_WORDS[act.kind][0]}: {sources}" + (f" → {', '.join(places)}" if places else "")


def _heir(act, place, names):
    """The name of the heir at a place of the act, or None."""
    if place is None or not NOWHERE < place < len(act.plan["heirs"]):
        return None
    heir = act.plan["heirs"][place]
    return named(names[heir["unit"]]) if heir["unit"] else heir["name_vi"]


def line_on_acts(_person):
    """On the officer's first page: acts whose day has come and that could not be done."""
    count = db.session.scalar(select(func.count()).select_from(Reorganisation).where(
        Reorganisation.waiting(), Reorganisation.on <= clock.today(),
        Reorganisation.failed_at.is_not(None)))
    return count and line(url_for("reorganisation.all_acts"), ngettext(
        "%(num)s act could not be done on its day.",
        "%(num)s acts could not be done on their day.", count), "bad")
