"""A year of a small province, driven by the actions users call, in any order.

After every step the figures of some days, as known at some moments, are compared with the
oracle's, and a figure that was told before must still be told for the same day and moment.
"""
from datetime import timedelta
from io import BytesIO

from hypothesis import strategies as st
from hypothesis.stateful import initialize, invariant, rule
from sqlalchemy import select

from lms.kernel import clock
from lms.kernel.db import db
from lms.kernel.errors import Refusal
from lms.organisations.models import Unit
from lms.people.actions import add_person, end_post, join_group, leave, leave_group, post
from lms.people.calling_off import call_off, go_on
from lms.people.careers import change_title, come_back, take_on, transfer
from lms.people.change_actions import confirm_changes, upload_changes
from lms.people.import_actions import undo as undo_list
from lms.people.linking import link, part
from lms.people.models import Import, Membership, Person, PersonLink, Posting, TargetGroup
from lms.people.rule_actions import end_rule, set_rule

from courses.catalogue.models import Course
from courses.completions.actions import complete, revoke
from courses.completions.models import Completion
from courses.coverage.actions import end_exemption, exempt, set_goal
from courses.coverage.exemption_actions import approve, ask_exemption, refuse_exemption
from courses.coverage.models import Exemption, ExemptionRequest, Goal
from courses.coverage.queries import figures, people_behind
from courses.coverage.truth_queries import (
    off_the_rule,
    overlapping_facts,
    two_main_posts,
    wrong_beforehand,
    wrong_figures,
    wrong_lists,
)
from courses.reports.actions import lock
from courses.reports.models import Report
from courses.reports.queries.comparing import checked
from courses.reports.queries.measuring import matter_of
from tests.courses.coverage.machine_acts import PICK, Acts, believed
from tests.courses.coverage.machine_beforehand import DAYS
from tests.courses.coverage.oracle import Oracle, plain
from tests.courses.coverage.told import rows_told
from tests.world import PDF

SPAN = st.sampled_from([None, 1, 3, 8, 15])


class Province(Acts):
    """The machine; ``world`` and ``clock_of`` are set by the test that runs it."""

    world = clock_of = None

    def __init__(self):
        super().__init__()
        self.by, self.number = self.world.an, 0
        self.told, self.moments, self.before, self.done = [], [], {}, 0

    def teardown(self):
        """Look over all facts once more, then forget the story."""
        try:
            faults = [fault for look in (
                two_main_posts, overlapping_facts, wrong_figures, wrong_lists, wrong_beforehand,
                off_the_rule) for fault in look()]
            assert faults == []
            for report in db.session.scalars(select(Report)):
                check = checked(matter_of(report))
                assert (check.intact, check.equal) == (True, True)
        finally:
            db.session.rollback()
            db.session.expire_all()
            self.clock_of.back()

    # What there is.

    def some(self, model, number, *conditions):
        """One of those there are, or None where there are none."""
        if model is Person:
            # A linked record leads to its main one, on every page.
            conditions += (Person.main_id.is_(None),)
        rows = db.session.scalars(select(model).where(*conditions).order_by(model.id)).all()
        return rows[number % len(rows)] if rows else None

    def do(self, action, *given, **named):
        """Do what a user asks for; what is refused leaves no trace.  None: nothing was done."""
        if any(one is None for one in given):
            return None
        point = db.session.begin_nested()
        try:
            done = action(*given, **named, by=self.by)
        except Refusal:
            point.rollback()
            return None
        point.commit()
        self.done += 1
        return done or True

    def as_before(self, act, before):
        """Keep what was believed ``before`` the act, to which its undoing leads back."""
        if act:
            self.before[type(act), act.id] = before, self.done

    def take_away(self, action, act):
        """Undo the act; where nothing was done since, everything is believed as before it."""
        if self.do(action, act):
            # An act of before the story is compared with nothing.
            before, done = self.before.get((type(act), act.id), (None, -9))
            # The workbook's own confirmation, or nothing, stands between the two.
            if self.done - 1 == done + isinstance(act, Import):
                assert believed() == before

    # What happens.

    @rule(unit=PICK, days=DAYS, group=st.sampled_from([None, 0, 1]))
    def hire(self, unit, days, group):
        """Somebody new, perhaps in a group from the first day."""
        if self.number >= 5:
            return
        self.number += 1
        person = self.do(add_person, {"full_name": f"Người {self.number}", "birth": "1990"}, {
            "unit": self.some(Unit, unit, Unit.valid_on(self.day(days))), "title": "A",
            "valid_from": self.day(days)})
        if group is not None:
            self.do(join_group, person, self.some(TargetGroup, group), self.day(days))

    @rule(person=PICK, unit=PICK, days=DAYS)
    def transfer(self, person, unit, days):
        """Moved to another unit."""
        self.do(transfer, self.some(Person, person), self.a_post(unit, days))

    @rule(person=PICK, unit=PICK, days=DAYS)
    def take_on(self, person, unit, days):
        """One more post."""
        self.do(take_on, self.some(Person, person), self.a_post(unit, days))

    @rule(person=PICK, unit=PICK, days=DAYS, main=st.booleans())
    def post(self, person, unit, days, main):
        """Came back, or a post without a question."""
        values = self.a_post(unit, days)
        if self.do(come_back, self.some(Person, person), values) is None:
            self.do(post, self.some(Person, person), values | {"main": main})

    def a_post(self, unit, days):
        """A post in a unit of today, for those who may be posted on the day."""
        return {"unit": self.some(Unit, unit, Unit.valid_on(clock.today())), "title": "B",
                "valid_from": self.day(days)}

    @rule(person=PICK, days=DAYS)
    def change_a_title(self, person, days):
        """Another title in the same unit."""
        self.do(change_title, self.some(Person, person), "C", self.day(days))

    @rule(person=PICK, days=DAYS)
    def leave(self, person, days):
        """Left or retired."""
        self.do(leave, self.some(Person, person), self.day(days), "retired")

    @rule(posting=PICK, days=DAYS)
    def end_a_post(self, posting, days):
        """One post ends."""
        self.do(end_post, self.some(Posting, posting, Posting.known_at()), self.day(days))

    @rule(person=PICK, unit=PICK, days=DAYS, what=st.sampled_from(
        ["Chuyển", "Đổi chức vụ", "Kiêm nhiệm", "Trở lại", "Nghỉ hưu"]))
    def send_a_workbook(self, person, unit, days, what):
        """One of these by a workbook of staff changes."""
        who, where = self.some(Person, person), self.a_post(unit, days)
        content = ("Mã cán bộ;Họ và tên;Biến động;Từ ngày;Đơn vị mới;Chức vụ mới\n"
                   f"{who.key};;{what};{where['valid_from']:%d/%m/%Y};{where['unit'].key};D\n")
        sent = self.do(upload_changes, BytesIO(content.encode()), "bien-dong.csv")
        self.as_before(sent, believed())
        self.do(confirm_changes, sent)

    @rule(back=st.integers(1, 2))
    def undo_a_workbook(self, back):
        """A workbook is taken back, if nothing rests on it."""
        self.take_away(undo_list, self.some(Import, -back, Import.confirmed_at.is_not(None),
                                            Import.undone_at.is_(None)))

    @rule(person=PICK, group=PICK, days=DAYS)
    def join(self, person, group, days):
        """Somebody belongs to a group."""
        self.do(join_group, self.some(Person, person), self.some(TargetGroup, group),
                self.day(days))

    @rule(membership=PICK, days=DAYS)
    def leave_a_group(self, membership, days):
        """Somebody does not belong to it any more."""
        self.do(leave_group, self.some(Membership, membership, Membership.known_at()),
                self.day(days))

    @rule(kind=st.sampled_from([Posting, Membership]), number=PICK,
          what=st.sampled_from([call_off, go_on]))
    def take_back_what_is_to_come(self, kind, number, what):
        """What was to begin does not, or what was to end goes on."""
        ahead = kind.valid_from if what is call_off else kind.valid_to
        self.do(what, self.some(kind, number, kind.known_at(), ahead > clock.today()))

    @rule(group=PICK, courses=st.sampled_from([(0,), (1,), (0, 1)]), days=DAYS,
          due=st.sampled_from([{}, {"due_days": 0}, {"due_days": 4}, {"deadline": 2}]), span=SPAN)
    def set_a_goal(self, group, courses, days, due, span):
        """A goal more."""
        if len(self.goals()) >= 4:
            return
        due = {name: self.day(n) if name == "deadline" else n for name, n in due.items()}
        start = self.day(days)
        self.do(set_goal, {
            "key": f"G{len(self.goals())}", "group": self.some(TargetGroup, group),
            "title_vi": "Chỉ tiêu", "courses": [self.some(Course, n) for n in courses],
            "valid_from": start, "valid_to": start + timedelta(days=span) if span else None, **due})

    @rule(person=PICK, course=PICK, days=DAYS)
    def learn(self, person, course, days):
        """Somebody learned something, perhaps long ago."""
        self.do(complete, self.some(Person, person), self.some(Course, course), self.day(days))

    @rule(completion=PICK, days=DAYS)
    def take_back(self, completion, days):
        """A completion counts no more."""
        self.do(revoke, self.some(Completion, completion, Completion.known_at()), self.day(days),
                "Nhầm")

    @rule(person=PICK, goal=PICK, days=DAYS, span=SPAN)
    def excuse(self, person, goal, days, span):
        """An exemption at once."""
        start = self.day(days)
        self.do(exempt, self.some(Person, person), self.some(Goal, goal), {
            "kind": "leave", "reason": "Nghỉ", "valid_from": start,
            "valid_to": start + timedelta(days=span) if span else None})

    @rule(person=PICK, goal=PICK, days=DAYS, span=st.integers(1, 15), yes=st.booleans())
    def ask_to_be_excused(self, person, goal, days, span, yes):
        """An exemption asked for by Hạ, then decided by the officer."""
        start = self.day(days)
        who, what = self.some(Person, person), self.some(Goal, goal)
        self.by = self.world.ha
        asked = self.do(ask_exemption, who, what, {
            "kind": "study", "reason": "Học", "valid_from": start,
            "valid_to": start + timedelta(days=span)}, (BytesIO(PDF), "giay.pdf"))
        self.by = self.world.an
        self.do(approve if yes else refuse_exemption, asked, "Đã xem")

    @rule(request=PICK)
    def decide(self, request):
        """A request of before is approved."""
        waiting = ExemptionRequest.decided_at.is_(None)
        self.do(approve, self.some(ExemptionRequest, request, waiting), "Đã xem")

    @rule(exemption=PICK, days=DAYS)
    def end_an_exemption(self, exemption, days):
        """Somebody comes back earlier."""
        self.do(end_exemption, self.some(Exemption, exemption, Exemption.known_at()),
                self.day(days))

    @rule(main=PICK, other=PICK)
    def link_two_records(self, main, other):
        """Two records turn out to be one person."""
        before = believed()
        self.as_before(self.do(link, self.some(Person, main), self.some(Person, other)), before)

    @rule(back=st.integers(1, 2))
    def part_two_records(self, back):
        """And were two people after all."""
        self.take_away(part, self.some(PersonLink, -back, PersonLink.parted_at.is_(None)))

    @rule(group=PICK, titles=st.sampled_from([["A"], ["b", "C"], []]), unit=PICK, days=DAYS)
    def fill_by_a_rule(self, group, titles, unit, days):
        """A group is whoever holds such a post, in a unit or below it."""
        self.do(set_rule, self.some(TargetGroup, group), {
            "titles": titles, "units": [self.some(Unit, unit).key], "valid_from": self.day(days)})

    @rule(group=PICK, days=DAYS)
    def end_a_rule(self, group, days):
        """The group is stated by hand again."""
        self.do(end_rule, self.some(TargetGroup, group), self.day(days))

    @rule(unit=PICK, days=st.integers(-10, 0))
    def lock_a_report(self, unit, days):
        """A report is locked; at the end of the story it is reckoned anew."""
        if len(db.session.scalars(select(Report.id)).all()) < 3:
            self.do(lock, self.some(Unit, unit), self.day(-15), self.day(days),
                    {"title": "Báo cáo"})

    # What must hold.

    def goals(self):
        """The goals there are."""
        return db.session.scalars(select(Goal).order_by(Goal.id)).all()

    @initialize(chance=st.randoms(use_true_random=True))
    def begin(self, chance):
        """The days and moments to look at are chosen by ``chance``."""
        self.chance = chance

    @invariant()
    def every_figure_is_the_oracles(self):
        """On a day as known now, on another as known once, and as it was told before."""
        if not hasattr(self, "chance"):
            return
        db.session.flush()
        oracle = Oracle(rows_told(), clock.now())
        goals = {goal.id: goal for goal in self.goals()}
        units = {unit.id: unit for unit in db.session.scalars(select(Unit))}
        self.moments.append(clock.now())
        on = self.day(self.chance.randint(-22, 5))
        if self.beforehand and self.chance.random() < 0.5:
            on = self.beforehand
        now = self._agree(oracle, goals, units, on, None)
        if self.told and self.chance.random() < 0.5:
            once, known, before = self.chance.choice(self.told)
            found = plain_figures(goals.values(), units.values(), once, known)
            assert {key: found[key] for key in before} == before, f"told on {once} at {known}"
        else:
            self._agree(oracle, goals, units, on, self.chance.choice(self.moments))
        if self.chance.random() < 0.3:
            self._names_agree(oracle, goals, units, on)
        self.months_agree(oracle, units)
        self.told.append((on, self.moments[-1], now))
        self.clock_of.pass_by(minutes=1)

    def _agree(self, oracle, goals, units, on, known):
        """All figures on a day, as known at a moment, after they were found to be the oracle's."""
        expected = {(goal, unit): figure for goal in goals for unit in units
                    if (figure := oracle.figure(goal, unit, on, known or clock.now()))}
        found = plain_figures(goals.values(), units.values(), on, known)
        assert found == expected, f"on {on}, as known at {known}"
        return found

    def _names_agree(self, oracle, goals, units, on):
        goal = goals[self.chance.choice(sorted(goals))]
        unit = units[self.chance.choice(sorted(units))]
        assert {row.person.id: (row.status, row.due_on)
                for row in people_behind(goal, unit, on, None)} == (
            oracle.people(goal.id, unit.id, on, clock.now()) or {})


def plain_figures(goals, units, on, known):
    """(goal, unit) → the figure as the oracle gives it."""
    return {(one.goal.id, one.unit.id): plain(one)
            for one in figures(goals, units, on, known)}
