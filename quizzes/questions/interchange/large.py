"""A large file of questions: read and taken in by jobs, and what was read waits in its job."""
from dataclasses import asdict, replace
from datetime import date, timedelta
from functools import partial

from sqlalchemy import null, update

from lms.kernel import jobs
from lms.kernel.db import db
from lms.kernel.i18n import LANGUAGES, of_both, speaking
from lms.kernel.jobs import Job
from lms.kernel.locks import advisory_lock
from lms.kernel.storage import StoredFile
from lms.kernel.transaction import looking
from lms.people.models import Person

from courses.catalogue.models import Course
from courses.catalogue.policies import may_edit_course
from quizzes.questions.interchange.actions import enter_prepared, prepared
from quizzes.questions.interchange.bank import by_kind
from quizzes.questions.interchange.draft import Draft, Fault
from quizzes.questions.interchange.queries import reading_for
from quizzes.questions.kinds import KINDS

#: Beyond this size, in bytes, a file that is kept is read in the background.
LARGE = 300_000
READING, TAKING = "questions read", "questions taken"
#: So long what was read waits for an answer: there are keys in it.
KEPT = timedelta(days=7)
#: What a reading says of itself once its questions are in the bank: how many.
TAKEN = "taken"


def is_large(source):
    """Whether a Source is too large to be read while somebody waits for the page."""
    return source.kept is not None and source.kept.size > LARGE


def ask_to_read(course, source, by):
    """Have the file of ``source`` read in the background; gives the Job.  What an earlier file of
    the same person held is let go of: each waits for one answer only.
    """
    db.session.execute(update(Job).where(Job.name == READING, Job.by_id == by.id)
                       .values(result=null()))
    return jobs.later(READING, by, course=course.id, file=source.kept.id, kind=source.key)


def may_see_reading(person, job):
    """Whoever sent the file, as long as they write the course."""
    return job.name == READING and job.by_id == person.id and may_edit_course(
        person, course_of(job))


def course_of(job):
    """The course into whose bank the questions of a reading shall come."""
    return db.session.get(Course, job.arguments["course"])


def progress_key(job):
    """The name under which the progress of a reading, and then of the taking in, is told."""
    return f"questions-{job.arguments['file']}"


def taking_of(reading):
    """The newest Job that takes in what ``reading`` found, or None."""
    return jobs.newest(TAKING, Job.arguments["reading"].as_integer() == reading.id)


def ask_to_take(reading, by):
    """Have the questions of ``reading`` taken in, in the background; once, however often asked."""
    advisory_lock(progress_key(reading))
    taking = taking_of(reading)
    if taking is not None and taking.fault is None:
        return taking
    jobs.progress(progress_key(reading), 0, 0)
    return jobs.later(TAKING, by, reading=reading.id)


@jobs.work(READING, KEPT)
def read_large(course, file, kind):
    """Read a file; gives what ``found_in`` tells of it."""
    with looking():
        key, found = _read(course, file, kind)
    drafts = [draft for draft in found.drafts if draft.kind in KINDS]
    return {"key": key, "total": len(found.drafts), "counts": by_kind(found.drafts),
            "faults": _kept_faults(found.faults), "notes": _kept_faults(found.notes),
            "drafts": [_kept_draft(*both) for both in zip(
                drafts, _in_both([draft.at for draft in drafts]), strict=True)]}


@jobs.work(TAKING)
def take_large(reading):
    """Take in what a reading found; the file is read once more, for its pictures.

    Where this is begun again although it came to its end, the reading tells how many were taken;
    what it had found, keys and all, it needs no longer.
    """
    with looking():
        job = db.session.get(Job, reading)
        made = None if TAKEN in job.arguments else prepared(
            _read(**job.arguments)[1], partial(jobs.progress, progress_key(job)))
    job = db.session.get(Job, reading)
    if TAKEN not in job.arguments:
        taken = enter_prepared(course_of(job), made, db.session.get(Person, job.by_id))
        job.arguments, job.result = job.arguments | {TAKEN: len(taken)}, null()
    return {"count": job.arguments[TAKEN]}


def _read(course, file, kind):
    stored, record = db.session.get(StoredFile, file), db.session.get(Course, course)
    return reading_for(record, stored.path.read_bytes(), kind, stored.name,
                       lambda done, total: jobs.progress(f"questions-{file}", done, total))


def _in_both(texts):
    """Each of the ``texts`` as ``i18n.of_both`` reads it."""
    said = []
    for code in LANGUAGES:
        with speaking(code):
            said.append([str(text) for text in texts])
    return list(zip(*said, strict=True))


def _kept_faults(faults):
    return [[at, why, fault.line] for fault, at, why in zip(
        faults, _in_both([one.at for one in faults]), _in_both([one.why for one in faults]),
        strict=True)]


def _kept_draft(draft, at):
    # Its pictures are told by their words on the page, and read again when it is taken in.
    plain = asdict(replace(draft, files={}))
    return plain | {"at": at, "valid_until": draft.valid_until and draft.valid_until.isoformat()}


def faults_in(kept):
    """Faults or notes of a reading as they were kept, in the reader's language."""
    return [Fault(of_both(at), of_both(why), line) for at, why, line in kept]


def drafts_in(kept):
    """Drafts of a reading as they were kept, in the reader's language."""
    return [Draft(**one | {"at": of_both(one["at"]), "tags": tuple(one["tags"]),
                           "valid_until": one["valid_until"]
                           and date.fromisoformat(one["valid_until"])}) for one in kept]
