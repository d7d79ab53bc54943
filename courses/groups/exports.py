"""Who has confirmed, as a workbook."""
from lms.kernel import clock
from lms.kernel.i18n import _, named
from lms.kernel.sheets import Table, write_workbook
from lms.people.queries import answering


def confirmations_workbook(asked, rows):
    """The Standing of each unit: its people, who confirmed when, days late, and whom to ask."""
    asks = answering([row.unit for row in rows])
    header = [_("No."), _("Unit"), _("People in groups"), _("Confirmed"), _("By"), _("Days late"),
              _("Who answers for it")]
    lines = []
    for number, row in enumerate(rows, 1):
        done = row.confirmation
        lines.append([
            number, named(row.unit), row.people, clock.local(done.confirmed_at).date() if done
            else None, done.by.full_name if done else "",
            0 if done or asked is None else asked.days_late(clock.today()),
            "; ".join(person.full_name for person in asks[row.unit.id])])
    note = _("Confirmation %(year)s", year=asked.year) if asked else ""
    return write_workbook([Table(_("Confirmation"), header, lines, note)])
