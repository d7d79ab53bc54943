"""What authors do with questions: write them, reword them, place them, hold them back."""
from io import BytesIO
from typing import NamedTuple

from sqlalchemy import func, select

from lms.kernel import audit, clock, storage
from lms.kernel.bulk import Bulk
from lms.kernel.db import db
from lms.kernel.errors import Refusal
from lms.kernel.i18n import _
from lms.kernel.locks import advisory_lock
from lms.people.overtaking import refuse_overtaken

from quizzes.questions.kinds import KINDS
from quizzes.questions.models import (
    DIFFICULTIES,
    IN_USE,
    MEDIUM,
    RETIRED,
    REVIEWED,
    STATUSES,
    Question,
    QuestionVersion,
    Sound,
    fold_of,
)
from quizzes.questions.richtext import settled
from quizzes.questions.sounds import ENDINGS, HEAD, LARGEST, ending_of

#: The texts of a version, and of one of its options, that may be rich.
TEXTS = ("stem_vi", "stem_en", "explanation_vi", "explanation_en")
OPTION_TEXTS = ("vi", "en", "feedback_vi", "feedback_en")
#: Where a question stands of which nothing else is said, and what a version says of itself then.
NOWHERE = {"category": "", "tags": [], "difficulty": MEDIUM, "status": IN_USE}
NOTHING = {"stem_en": "", "options": [], "matches": [], "settings": {}, "explanation_vi": "",
           "explanation_en": "", "basis": "", "valid_until": None}
#: What every version says of itself.
WORDED = ("stem_vi", "right", *NOTHING)
#: After so many questions it is told how far the work has come.
TOLD_EVERY = 500
#: The columns of a version that its successor does not take over.
OWN = ("id", "question_id", "number", "made_at", "fold")


def kept(kind, wording):
    """``wording`` as it is kept: its texts cleaned, and nothing in its order telling the key."""
    fields = wording | {name: settled(wording[name]) for name in TEXTS if name in wording}
    for column in ("options", "matches"):
        if column in fields:
            fields[column] = [option | {name: settled(option[name]) for name in OPTION_TEXTS
                                        if name in option} for option in fields[column]]
    return KINDS[kind].settle(fields)


def write_question(course, kind, wording, by, place=None):
    """Add a question to the bank of ``course``; ``wording`` holds a version's fields, ``place``
    its category, tags, difficulty and status.
    """
    key, = write_questions(course, [(kind, wording, place or {})], by)
    return db.session.get(Question, key)


def write_questions(course, told, by, so_far=lambda done, total: None):
    """Add many questions at once, each told as its kind, wording and place; gives their ids.
    ``so_far`` hears how far it has come.
    """
    return enter_questions(course, ready_questions(told, so_far), by)


class Ready(NamedTuple):
    """Questions on their way into a bank: of each the rows of itself and of its version, as the
    driver takes them, without what only the bank can tell.
    """

    questions: Bulk
    versions: Bulk
    rows: list


def ready_questions(told, so_far=lambda done, total: None):
    """Make many questions Ready, each told as its kind, wording and place: nobody is kept from
    writing meanwhile.
    """
    questions = Bulk(Question.__table__, "key", "course_id", "author_id", "kind", *NOWHERE)
    versions = Bulk(QuestionVersion.__table__, "question_id", "number", "fold", *WORDED)
    rows = []
    for count, (kind, wording, place) in enumerate(told):
        if count % TOLD_EVERY == 0:
            so_far(count, len(told))
        said, there = NOTHING | kept(kind, wording), NOWHERE | _sound_place(place)
        fold = fold_of(said["stem_vi"], said["stem_en"])
        question = questions.ready("", 0, 0, kind, *(there[name] for name in NOWHERE))
        version = versions.ready(0, 1, fold, *(said[name] for name in WORDED))
        rows.append((question[3:], version[1:]))
    return Ready(questions, versions, rows)


def enter_questions(course, ready, by):
    """Enter questions that are Ready into the bank of ``course``, in their order; gives their ids.

    All that is left to do is what the database itself does: a file of thousands would keep
    everybody from writing for seconds.
    """
    # The numbers of the bank are given in turn.
    advisory_lock(f"bank {course.id}")
    before, last = db.session.execute(
        select(func.count(Question.id), func.coalesce(func.max(Question.id), 0))
        .filter_by(course_id=course.id)).one()
    keys = [f"{course.key}-{before + number:03d}" for number in range(1, len(ready.rows) + 1)]
    author = by.id if by else None
    ready.questions.enter([(key, course.id, author, *question)
                           for key, (question, _) in zip(keys, ready.rows, strict=True)])
    ids = dict(db.session.execute(select(Question.key, Question.id).where(
        Question.course_id == course.id, Question.id > last)).all())
    ready.versions.enter([(ids[key], *version)
                          for key, (_, version) in zip(keys, ready.rows, strict=True)])
    audit.enter_each(by, "question written", [f"question:{ids[key]}" for key in keys],
                     {"course": course.key})
    db.session.expire(course)
    return [ids[key] for key in keys]


def reword_question(question, wording, by, seen=""):
    """Give ``question`` a new version with the fields of ``wording``, the others as they were;
    attempts that began keep the version they show.

    ``seen`` is the fingerprint of the question when its author opened it
    (``lms.people.overtaking``).
    """
    refuse_overtaken(question, seen, "question reworded", "question placed")
    newest, wording = question.versions[-1], kept(question.kind, wording)
    if all(getattr(newest, field) == value for field, value in wording.items()):
        return newest
    version = _next_version(newest, wording)
    db.session.flush()
    audit.record(by, "question reworded", question, number=version.number)
    return version


def _next_version(newest, changes):
    columns = {column.name: getattr(newest, column.name)
               for column in QuestionVersion.__table__.columns if column.name not in OWN}
    version = QuestionVersion(question=newest.question, number=newest.number + 1,
                              **columns | changes)
    db.session.add(version)
    return version


def place_question(question, place, by):
    """Change the category, tags, difficulty or status of ``question``; nothing new is no deed."""
    place = {name: value for name, value in _sound_place(place).items()
             if getattr(question, name) != value}
    if not place:
        return question
    for name, value in place.items():
        setattr(question, name, value)
    db.session.flush()
    audit.record(by, "question placed", question, **place)
    return question


def place_questions(questions, changes, by):
    """Change the places of several questions at once; ``tags`` among the changes are added."""
    for question in questions:
        tags = list(dict.fromkeys([*question.tags, *changes.get("tags", [])]))
        place_question(question, changes | {"tags": tags}, by)


def _sound_place(place):
    if place.get("status", REVIEWED) not in set(STATUSES) - {RETIRED} or place.get(
            "difficulty", 1) not in DIFFICULTIES:
        raise Refusal(_("There is no such state or difficulty. Reload the page."))
    return place


def retire_question(question, by):
    """Ask ``question`` no more; what was asked stays."""
    question.retired_at = clock.now()
    db.session.flush()
    audit.record(by, "question retired", question)


def bring_back_question(question, by):
    """Ask a retired ``question`` again."""
    question.retired_at = None
    db.session.flush()
    audit.record(by, "question brought back", question)


def hold_back(question, why, by):
    """Let no new paper ask ``question`` until somebody has reviewed it; ``why`` says what changed.

    Attempts that began keep it.
    """
    if not why:
        raise Refusal(_("Say what has changed, so that whoever reviews the question knows."))
    question.held_at, question.held_why = clock.now(), why
    db.session.flush()
    audit.record(by, "question held back", question, why=why)


def review_question(question, valid_until, by):
    """Find ``question`` right as it stands, until the day ``valid_until`` (None: without end).

    Another last day is a new version; afterwards new papers ask the question again.
    """
    if valid_until is not None and valid_until < clock.today():
        raise Refusal(_("“Right until” must not lie in the past. Choose another day, or none."))
    newest = question.versions[-1]
    if newest.valid_until != valid_until:
        _next_version(newest, {"valid_until": valid_until})
    question.held_at, question.held_why, question.reviewed_at = None, "", clock.now()
    question.status = REVIEWED
    db.session.flush()
    audit.record(by, "question reviewed", question,
                 until=valid_until.isoformat() if valid_until else None)


def keep_sound(course, stream, name, words, by):
    """Keep a recording for the questions of ``course``; ``words`` say what is heard.  Refuses as
    ``recording`` does.
    """
    return enter_sound(course, recording(stream, name), words, by)


def recording(stream, name):
    """Put a recording on the disk, before anybody is kept from writing; gives the row of its file,
    which nobody has entered yet.

    Refuses what is none by its bytes, whatever it is called, and what is too large.
    """
    content = stream.read(LARGEST + 1)
    ending = ending_of(content[:HEAD])
    if not ending:
        raise Refusal(_("“%(name)s” is no recording as MP3, M4A, OGG or WAV. Save it as one of "
                        "them and add it again.", name=name))
    if len(content) > LARGEST:
        raise Refusal(_("The recording is larger than %(most)s MB. Make it shorter, or save it as "
                        "MP3.", most=LARGEST // 1024 // 1024))
    # The address ends in the name: letters that every system takes.
    return storage.put(BytesIO(content), f"am-thanh{ending}", ENDINGS)


def enter_sound(course, file, words, by):
    """Enter a recording that lies on the disk for the questions of ``course``."""
    sound = Sound(course=course, file=file, words=words)
    db.session.add(sound)
    db.session.flush()
    audit.record(by, "sound kept", sound, course=course.key)
    return sound
