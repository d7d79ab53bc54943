"""Lists of learning as workbooks that agree with the screen."""
from lms.kernel.i18n import _, named
from lms.kernel.sheets import Table, write_workbook

from courses.completions.hours import wanted


def periods_workbook(rows, posts, who, year, on):
    """A workbook of the periods that the people ``rows`` (each Learned) learned in ``year``;
    ``posts``: person → their posts on the day ``on``.
    """
    header = [_("No."), _("Full name"), _("Born"), _("Job title"), _("Unit"),
              _("Periods learned"), _("Periods missing")]
    lines = [[number, row.person.full_name, row.person.birth_year,
              "; ".join(post.title for post in posts.get(row.person.id, ()) if post.title),
              "; ".join(named(post.unit) for post in posts.get(row.person.id, ())),
              row.periods, row.missing] for number, row in enumerate(rows, 1)]
    return write_workbook([Table(_("Periods learned"), header, lines)], [
        (_("Unit"), who), (_("Year"), year), (_("As of the day"), on),
        (_("Periods asked for in a year"), wanted())])
