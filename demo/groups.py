"""One group by a rule, and a round of confirmations that not every unit has answered."""
from datetime import date, timedelta

from lms.people.queries import answering
from lms.people.rule_actions import set_rule

from courses.groups.actions import confirm, open_round
from courses.groups.queries import standings, stated_in, units_asked
from demo.past import on

ASKED, DUE = date(2026, 11, 2), date(2026, 12, 14)


def build(groups, people):
    """Collaborators belong by a rule; two of three units confirm within a fortnight."""
    officer = people["CB001"]
    with on(date(2026, 1, 5)):
        set_rule(groups["E"], {"titles": ["Cộng tác viên"], "kinds": ["network"],
                               "valid_from": date(2026, 1, 1)}, by=officer)
    with on(ASKED):
        asked = open_round(2026, DUE, by=officer)
        rows = standings(units_asked(officer, asked), asked)
    asks = answering([row.unit for row in rows])
    for number, row in enumerate(rows):
        if number % 3:
            with on(ASKED + timedelta(days=1 + number % 14)):
                shown = [one.membership.id for _group, several in stated_in(row.unit)
                         for one in several]
                confirm(row.unit, shown, shown, ASKED, by=(asks[row.unit.id] or [officer])[0])
