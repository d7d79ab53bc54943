"""What the machine does to figures that are reckoned beforehand."""
from datetime import timedelta

from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, rule

from lms.kernel import clock

from courses.coverage.beforehand_actions import begin, counted, keep, reckon
from courses.coverage.queries.months import gone_by
from courses.coverage.queries.rows import all_goals, units_of_day
from tests.courses.coverage.oracle import plain

#: A day, so many from today.  Few, so that things meet.
DAYS = st.integers(-20, 3)


class Beforehand(RuleBasedStateMachine):
    """Days are reckoned beforehand, one or several, at once or in two parts."""

    #: The last day whose figures were reckoned beforehand.
    beforehand = None
    #: The days that were reckoned together, and what was read but not yet kept.
    gone_by, begun = (), None

    def day(self, days):
        """The day so many days from today."""
        return clock.today() + timedelta(days=days)

    @rule(days=st.integers(-3, 3))
    def reckon_beforehand(self, days):
        """The figures of a day are reckoned beforehand, and brought up to each moment after."""
        self.beforehand = reckon(self.day(days), clock.now()).on

    @rule(days=st.lists(DAYS, min_size=1, max_size=4, unique=True))
    def reckon_days_gone_by(self, days):
        """The figures of several days are reckoned beforehand, as known at one moment."""
        self.gone_by = sorted(map(self.day, days))
        for on in self.gone_by:
            reckon(on, clock.now())

    @rule(days=st.integers(-3, 3))
    def begin_to_reckon(self, days):
        """The figures of a day are read; before they are kept, other things happen."""
        on, known = self.day(days), clock.now()
        self.begun = begin(on, known), counted(on, known)

    @rule()
    def keep_what_was_begun(self):
        """What was read some time ago is kept."""
        if self.begun:
            self.beforehand = keep(*self.begun).on
            self.begun = None

    def months_agree(self, oracle, units):
        """The days that were reckoned together are the oracle's, for one goal in one unit."""
        goals = all_goals()
        if not self.gone_by or not goals:
            return
        goal, unit = self.chance.choice(goals), self.chance.choice(sorted(units))
        row, = units_of_day(clock.today(), None, {unit})
        found = gone_by(goal, row, self.gone_by)
        if found is not None:
            expected = [oracle.figure(goal.id, unit, day, clock.now()) for day in self.gone_by]
            assert [figure and plain(figure) for _day, figure in found] == expected
