"""What the people of the province were told: by the ladders of its goals, and by hand."""
from datetime import date, timedelta

from sqlalchemy import select

from lms.kernel import clock
from lms.kernel.db import db
from lms.kernel.retention import terms
from lms.notices.actions import read
from lms.notices.models import Notice

from courses.reminders.actions import follow_ladders, pause_ladder, remind_by_hand, set_ladder
from courses.reminders.queries import missing_in
from courses.reminders.rule import ABOVE, CONTACT, HEAD, LEARNER, Step
from demo import past

MONDAY, TUESDAY = date(2026, 11, 23), date(2026, 11, 24)
#: The deadline of goal B falls into a busy December: its people hear of it a month before.
EARLY = [Step(LEARNER, -30), Step(LEARNER, 0), Step(CONTACT, 7), Step(HEAD, 14), Step(ABOVE, 30)]
TEXT = ("Nhắc tập huấn: anh/chị còn khóa phải hoàn thành trước ngày 14/12/2026. "
        "Cần chỗ học hoặc máy tính, hãy báo đầu mối của Sở.")
#: Messages older than this have been read.
READ = timedelta(days=14)


def build(goals, units, people):
    """Set the ladders, follow them on a Monday, remind three by hand; letters are off."""
    officer = people["CB001"]
    set_ladder(goals["B"], EARLY, by=officer)
    pause_ladder(goals["D"], by=officer)
    with past.on(MONDAY):
        follow_ladders(MONDAY)
    with past.on(TUESDAY):
        rows = missing_in(goals["B"], units["SVHTTDL"])[:3]
        remind_by_hand(goals["B"], units["SVHTTDL"], [row.person.id for row in rows], TEXT,
                       by=people["CB002"])
    for term in terms():
        term.let_go()
    for notice in db.session.scalars(select(Notice).where(
            Notice.told_at < clock.now() - READ, Notice.read_at.is_(None))).all():
        read(notice, by=notice.person)
