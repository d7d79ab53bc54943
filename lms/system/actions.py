"""What is set going from the page of the system."""
from lms.kernel import audit, jobs
from lms.kernel.jobs import Job
from lms.kernel.locks import advisory_lock
from lms.kernel.transaction import looking
from lms.kernel.verifying import Fault, Verdict, verify

VERIFYING = "trail verified"


def ask_to_verify(by):
    """Have the whole trail verified in the background; gives the Job, the one that waits already
    where there is one.
    """
    advisory_lock(VERIFYING)
    newest = jobs.newest(VERIFYING)
    if newest is not None and newest.waits:
        return newest
    jobs.progress(VERIFYING, 0, 0)
    job = jobs.later(VERIFYING, by)
    audit.record(by, "verification of the trail asked", job)
    return job


@jobs.work(VERIFYING)
def verify_trail():
    """Verify the trail while nobody waits for it to write; gives the Verdict as it is kept."""
    with looking():
        verdict = verify(so_far=lambda done, total: jobs.progress(VERIFYING, done, total))
    return verdict._asdict() | {"faults": [list(fault) for fault in verdict.faults]}


def last_verdict():
    """What the last verifying found that came to its end, and when: (Verdict, moment); or None.

    Without a Verdict where it is too long ago: what was found is not kept any more.
    """
    job = jobs.newest(VERIFYING, Job.ended_at.is_not(None), Job.fault.is_(None))
    if job is None:
        return None
    if job.result is None:
        return None, job.ended_at
    faults = [Fault(*fault) for fault in job.result["faults"]]
    return Verdict(**job.result | {"faults": faults}), job.ended_at
