"""A mark that its own test still holds back is told by nothing that rests on it."""
from sqlalchemy import select

from lms.kernel import clock
from lms.kernel.db import db
from lms.kernel.offers import Offers

from courses.completions.models import ONLINE, StepDone, Study

#: ``(activity_id)`` → whether whoever did that step may not know the mark it earned yet: told by
#: the rooms above.
waits = Offers()


def mark_of_step(done):
    """The mark of a StepDone as far as its owner may know it; else None."""
    return None if done.mark is None or waits.of(done.activity_id) else done.mark


def mark_of(completion):
    """The mark of a Completion as far as its owner may know it; else None."""
    return None if mark_waits(completion) else completion.mark


def mark_waits(completion):
    """Whether a Completion has a mark that its owner may not know yet: it came from a step whose
    mark waits.
    """
    if completion.mark is None or completion.source != ONLINE:
        return False
    step = db.session.scalar(
        select(StepDone.activity_id).join(Study, Study.id == StepDone.study_id)
        .where(Study.person_id == completion.person_id, Study.course_id == completion.course_id,
               StepDone.mark.is_not(None),
               StepDone.done_at <= clock.end_of(completion.learned_on))
        .order_by(StepDone.done_at.desc()).limit(1))
    return step is not None and bool(waits.of(step))
