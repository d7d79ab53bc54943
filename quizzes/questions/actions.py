"""What authors do with questions: write them, reword them, place them, hold them back."""
from io import BytesIO

from sqlalchemy import func, insert, select

from lms.kernel import audit, clock
from lms.kernel.db import db
from lms.kernel.errors import Refusal
from lms.kernel.i18n import _
from lms.kernel.turns import take_turn
from lms.people.overtaking import refuse_overtaken

from courses.catalogue.actions import receive_file
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
#: So many questions are written in one statement.
AT_ONCE = 500
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

    The rows are entered in bulk: a file of thousands would hold up everybody who writes.
    """
    told = [(kind, kept(kind, wording), _sound_place(place)) for kind, wording, place in told]
    # The numbers of the bank are given in turn.
    take_turn(f"bank {course.id}")
    before = db.session.scalar(select(func.count(Question.id)).filter_by(course_id=course.id))
    keys = []
    for start in range(0, len(told), AT_ONCE):
        so_far(start, len(told))
        keys += _write_some(course, told[start:start + AT_ONCE], before + start, by)
    db.session.expire(course)
    return keys


def _write_some(course, told, before, by):
    keys = db.session.scalars(
        insert(Question).returning(Question.id, sort_by_parameter_order=True),
        [{"key": f"{course.key}-{number:03d}", "course_id": course.id, "kind": kind,
          "author_id": by.id if by else None, **NOWHERE, **place}
         for number, (kind, _wording, place) in enumerate(told, before + 1)]).all()
    db.session.execute(insert(QuestionVersion), [
        {"question_id": key, "number": 1, **NOTHING, **wording,
         "fold": fold_of(*(wording.get(name, "") for name in ("stem_vi", "stem_en")))}
        for key, (_kind, wording, _place) in zip(keys, told, strict=True)])
    audit.enter_each(by, "question written", [f"question:{key}" for key in keys],
                     {"course": course.key})
    return keys


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
    """Keep a recording for the questions of ``course``; ``words`` say what is heard.

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
    file = receive_file(BytesIO(content), f"am-thanh{ending}", ENDINGS, declared=True)
    sound = Sound(course=course, file=file, words=words)
    db.session.add(sound)
    db.session.flush()
    audit.record(by, "sound kept", sound, course=course.key)
    return sound
