"""What reminders say."""
from lms.kernel.i18n import _, _l, day, in_both, named, ngettext
from lms.kernel.mail import link_to

from courses.reminders.rule import ABOVE, CONTACT, HEAD, LEARNER

#: A text to paste into another system stays below this many characters.
LONGEST_TEXT = 500
#: A digest names so many units at most; the rest are on the page.
LINES = 12
#: So much of a goal's title is said in a text to paste.
TITLE = 200

WHO = {LEARNER: _l("The learner"), CONTACT: _l("The contact person"), HEAD: _l("The head"),
       ABOVE: _l("The unit above")}
KINDS = {"learner": _l("To the learner"), "digest": _l("Weekly digest"),
         "manual": _l("By hand")}
#: A post that is vacant, and what is said of the units where it is.
VACANT = {CONTACT: _l("No contact person is named, so this comes to you: %(units)s."),
          HEAD: _l("No head is named, so this comes to you: %(units)s."),
          ABOVE: _l("No head is named in the unit above, so this comes to you: %(units)s.")}
#: How the letter of a reminder stands.
LETTERS = {"waiting": _l("waits to be sent"), "sent": _l("accepted by the mail server"),
           "failed": _l("not delivered"), "taken_back": _l("no longer needed")}

#: How lists filter reminders.
STATE_WORDS = {"unread": _l("not yet read"), "read": _l("read"),
               "waiting": _l("e-mail waits to be sent"), "sent": _l("e-mail accepted"),
               "failed": _l("e-mail not delivered"), "no_letter": _l("without e-mail")}


def learner_text(goal, due_on, on):
    """What a learner is told on the day ``on`` of a goal with this due date."""
    said = {"goal": named(goal), "day": day(due_on)}
    if on < due_on:
        return _("You still have to meet the goal “%(goal)s”, by %(day)s at the latest.", **said)
    if on == due_on:
        return _("Today, %(day)s, is the last day to meet the goal “%(goal)s”.", **said)
    return _("The goal “%(goal)s” was due on %(day)s and is still open. Please complete it as "
             "soon as you can.", **said)


def learner_subject(due_on):
    """The heading of a learner's letter."""
    return _("Training due on %(day)s", day=day(due_on))


def digest_text(digest, goals, units):
    """What somebody who answers for people reads in a week; ``goals`` and ``units`` by id.

    Each goal stands once, above its units in the order of precedence; so does each kind of post
    that is vacant.
    """
    total = len(set().union(*digest.people.values()))
    parts = [ngettext("%(num)s person you answer for is overdue.",
                      "%(num)s people you answer for are overdue.", total)]
    rows = sorted(digest.people.items(), key=lambda item: (
        goals[item[0][0]].key, units[item[0][1]].precedence, item[0]))
    said = None
    for (goal, unit), people in rows[:LINES]:
        parts += [f"{named(goals[goal])}:"] if goal != said else []
        said = goal
        parts.append(f"– {named(units[unit])}: " + ngettext(
            "%(num)s person", "%(num)s people", len(people)))
    parts += _rest(len(rows))
    for who, words in VACANT.items():
        names = [named(units[unit]) for post, unit in sorted(
            digest.vacant, key=lambda post: (units[post[1]].precedence, post)) if post == who]
        if names:
            parts.append(str(words) % {"units": "; ".join([*names[:LINES], *_rest(len(names))])})
    return "\n".join(parts)


def _rest(count):
    more = count - LINES
    return [ngettext("and %(num)s more", "and %(num)s more", more)] if more > 0 else []


def digest_subject():
    """The heading of a digest."""
    return _("Training: who is overdue this week")


def letter_body(texts, path):
    """The body of a letter: the text and the way to the page, in Vietnamese and in English.

    ``texts`` are both; where there is no English one, somebody wrote the first by hand.
    """
    (vietnamese, english), closing = texts, in_both(lambda: _(
        "This letter was sent by the training system. Answers to it are read by nobody; your "
        "unit's contact person helps."))
    # A text to paste has the way in it already.
    way = [] if link_to(path) in vietnamese else [link_to(path)]
    parts = [vietnamese, *way, closing[0]]
    return "\n\n".join([*parts, "—", english, closing[1]] if english else parts) + "\n"


def text_to_paste(goal, due_on):
    """A text for one or many who still owe ``goal``: plain, short, with the way to their work.

    ``due_on`` is None where those meant have different days, or none.
    """
    title = named(goal)
    title = title if len(title) <= TITLE else title[:TITLE - 1] + "…"
    by = _("By %(day)s at the latest.", day=day(due_on)) if due_on else ""
    return " ".join(part for part in (
        _("Training reminder: “%(goal)s” is not yet completed.", goal=title), by,
        _("Learn here: %(link)s", link=link_to("/my-work"))) if part)
