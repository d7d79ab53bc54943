"""Having all facts looked over: by hand, by the terminal, and once a night."""
from sqlalchemy import select

from lms.kernel import audit, clock
from lms.kernel.db import db
from lms.kernel.locks import advisory_lock
from lms.kernel.transaction import looking

from courses.coverage.models import TruthCheck
from courses.coverage.truth import kept
from courses.coverage.truth_queries import rules

#: From this hour on, on the clock of the deployment, the look of the night is due.
HOUR = 1


def looked_over():
    """Look over all facts and figures of today, which only reads: each rule with its faults."""
    return [(rule, list(rule.find())) for rule in rules()]


def keep_check(found, by, night=None):
    """Keep what was ``found`` when all was ``looked_over``; gives the TruthCheck.

    ``night`` is the day of the nightly look; one asked for by hand has none.
    """
    check = TruthCheck(
        night=night, ended_at=clock.now(),
        counts={rule.key: len(faults) for rule, faults in found},
        faults=[fault for rule, faults in found for fault in kept(rule, faults)])
    db.session.add(check)
    db.session.flush()
    audit.record(by, "facts looked over", check, faults=sum(check.counts.values()))
    return check


def check_truth(by, night=None):
    """Look over all facts and keep what was found; gives the TruthCheck."""
    return keep_check(looked_over(), by, night)


def check_nightly():
    """The look of the night, once a day however often it is asked for; None where it was made.

    Nobody waits while it looks: it begins by reading, and writes when all is known.
    """
    today = clock.today()
    if clock.local(clock.now()).hour < HOUR:
        return None
    with looking():
        found = None if _made(today) else looked_over()
    if found is None:
        return None
    advisory_lock("truth check")
    return None if _made(today) else keep_check(found, by=None, night=today)


def _made(night):
    return db.session.scalar(select(TruthCheck.id).filter_by(night=night)) is not None
