"""Tests that were taken: online with an essay and a survey, before and after, on paper, today.

Who answers what is drawn by lot from how able each person and how hard each question is, the
same every time; only the test of today is told from the moment at which it is built.
"""
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from math import exp
from random import Random

from sqlalchemy import select

from lms.kernel import clock
from lms.kernel.db import db
from lms.people.models import Membership, Person, Posting

from courses.catalogue.queries import published_version, steps_of
from courses.classes.models import CourseClass
from courses.classes.queries import enrolments_in
from courses.completions.actions import finish_step
from demo import past
from demo.people import SIGN_INS
from demo.tests import final_of
from quizzes.attempts.actions import see, start, submit
from quizzes.attempts.intervening import extend, pause
from quizzes.attempts.marksheet import Entry
from quizzes.attempts.models import PaperMark
from quizzes.attempts.queries import pinned
from quizzes.attempts.recording import correct_paper, record_papers
from quizzes.attempts.saving import save_answer
from quizzes.essays.actions import mark
from quizzes.essays.queries import waiting_for
from quizzes.papers.actions import give_extra_time, make_papers, set_hours
from quizzes.papers.code import new_secret
from quizzes.papers.models import QuizItem
from quizzes.questions.actions import write_question
from quizzes.questions.kinds import right_answer
from quizzes.questions.models import MEDIUM
from quizzes.surveys.actions import answer, do_step, open_class_survey
from quizzes.surveys.models import Survey
from quizzes.surveys.wording import read_lines

MORNING, DAY = datetime(2026, 10, 5, 1, 30, tzinfo=UTC), timedelta(days=1)
ESSAY = {
    "stem_vi": "Viết không quá 150 từ: vì sao không nên nêu tên trường của một em nhỏ bị xâm hại?",
    "stem_en": "In at most 150 words: why should the school of an abused child not be named?",
    "right": [], "settings": {"markers": 1, "differ": 0, "file": False, "most_words": 150,
                              "rubric": [
                                  {"vi": "Lập luận", "en": "Argument", "points": "6"},
                                  {"vi": "Cách viết", "en": "Style", "points": "4"}]}}
#: Three that say why, and two that do not.
ESSAYS = (
    "Tên trường giúp người quen đoán ra em là ai. Em có thể bị bàn tán, bị trêu chọc và bị tổn "
    "thương thêm một lần nữa. Bài báo vẫn đủ thông tin khi không nêu tên trường.",
    "Luật Trẻ em bảo vệ bí mật đời sống riêng tư của trẻ em. Nêu tên trường là làm lộ bí mật ấy, "
    "vì ở một xã nhỏ ai cũng biết nhau.",
    "Người viết cần tự hỏi: chi tiết này có cần cho công chúng không? Tên trường thì không cần, "
    "mà lại gây hại cho em. Nếu phải nói nơi xảy ra thì chỉ nêu tên tỉnh.",
    "Không nên nêu vì ảnh hưởng đến nhà trường.", "Vì luật cấm.")
SURVEY = """\
# Khóa học | The course
Nội dung dùng được trong công việc | The content is of use in my work
Bài đọc dễ hiểu | The pages are easy to follow
Thời lượng = Ngắn | Too short; Vừa | Right; Dài | Too long
+ Điều gì nên thay đổi? | What should change?"""
WISHES = ("Thêm ví dụ ở địa phương.", "Thêm bài tập.", "", "", "Nên có bản tiếng Tày, Nùng.", "",
          "Chữ trên điện thoại hơi nhỏ.", "")
#: What people do who have no idea.
BLANK_WORDS = "không nhớ"


def build(people, courses):
    """Let everything happen in the order of its days."""
    chance = Random(2611)  # noqa: S311 - the same province every time
    with past.by_lot(chance):
        evaluate_a_class(courses["C07"], people, chance)
        before_and_after(courses["C02"], chance)
        online_with_essay(courses["C04"], people, chance)
        on_paper(courses["C08"], people, chance)
        open_now(courses["C03"], people)
        going_on(courses["C05"], people, chance)


def without_group(count):
    """So many people who belong to no group and hold a post, by their key."""
    return db.session.scalars(
        select(Person).where(
            Person.id.not_in(select(Membership.person_id)),
            Person.id.in_(select(Posting.person_id).where(Posting.valid_to.is_(None))))
        .order_by(Person.key).limit(count)).all()


def knows(able, hard, chance):
    """Whether somebody so ``able`` answers a question so ``hard``, both about 0, rightly."""
    return chance.random() < 1 / (1 + exp(hard - able))


def wrong_answer(kind, version, chance):
    """An answer to the question that is not right."""
    if kind in ("single", "truefalse", "multiple"):
        wrong = [option["key"] for option in version.options if option["key"] not in version.right]
        return [chance.choice(wrong)] if wrong else version.right[:1]
    if kind == "ordering":
        return [f"{key}={place}" for place, key in enumerate(reversed(version.right), 1)]
    if kind == "matching":
        partners = [pair.split("=", 1) for pair in version.right]
        turned = [partners[place - 1][1] for place in range(len(partners))]
        return [f"{key}={partner}" for (key, _own), partner in zip(partners, turned, strict=True)]
    return ["1"] if kind == "number" else [BLANK_WORDS]


def given(attempt, able, chance, turned=()):
    """What somebody so ``able`` answers in each slot; at the versions ``turned`` the better go
    wrong more often.
    """
    versions = pinned(attempt)
    answers = []
    for item in attempt.paper:
        kind, version = versions[item["version"]]
        hard = version.id % 5 / 2 - 1
        if kind == "essay":
            answers.append([chance.choice(ESSAYS[:3] if able > 0 else ESSAYS[3:])])
        elif knows(-2 * able if version.id in turned else able, hard, chance):
            right = right_answer(kind, version)
            # Of several texts that are accepted one is typed.
            answers.append(right[:1] if kind in ("short", "number") else right)
        else:
            answers.append(wrong_answer(kind, version, chance))
    return answers


def sit(quiz, person, begun, answers_of, seconds):
    """``person`` takes the test at the moment ``begun``, so many ``seconds`` a question."""
    moment = begun
    with past.at(moment):
        attempt = start(quiz, by=person)
    for slot, given_answer in enumerate(answers_of(attempt)):
        moment += timedelta(seconds=seconds)
        with past.at(moment):
            save_answer(attempt, slot, given_answer, None, by=person)
    with past.at(moment + timedelta(seconds=20)):
        return submit(attempt, by=person)


def read_pages(course, person, moment):
    """``person`` does every step of the course that is neither a test nor a survey."""
    with past.at(moment):
        for step in steps_of(published_version(course)):
            if step.kind not in ("quiz", "survey"):
                finish_step(person, step, by=person)


def evaluate_a_class(course, people, chance):
    """The class of June was evaluated by most of its people; three answers still wait."""
    course_class = db.session.scalars(select(CourseClass).filter_by(
        course_id=course.id, starts_on=date(2026, 6, 9))).one()
    with past.on(date(2026, 6, 9), hour=9):
        survey = open_class_survey(course_class, by=people["CB004"])
    scales = [item["key"] for item in survey.items if item["kind"] == "scale"]
    (choice,) = [item["key"] for item in survey.items if item["kind"] == "choice"]
    useful, change = [item["key"] for item in survey.items if item["kind"] == "text"]
    for number, enrolment in enumerate(enrolments_in(course_class)[:33]):
        answers = {key: chance.choice("5554443") for key in scales} | {
            choice: chance.choice("AABC"), change: chance.choice(WISHES)}
        if number % 4 == 0:
            answers[useful] = "Phần thực hành trả lời phỏng vấn."
        with past.on(date(2026, 6, 10), hour=9):
            answer(survey, {key: text for key, text in answers.items() if text},
                   by=enrolment.person)


def before_and_after(course, chance):
    """Sixteen people took the test before the course and, two weeks later, the one after."""
    before, after = (step for step in steps_of(published_version(course)) if step.kind == "quiz")
    first = datetime(2026, 9, 7, 2, 0, tzinfo=UTC)
    for number, person in enumerate(without_group(16)):
        able, later = chance.gauss(-0.7, 0.8), first + 14 * DAY + timedelta(minutes=number)
        sit(before, person, first + timedelta(minutes=number),
            lambda attempt, able=able: given(attempt, able, chance), 40)
        read_pages(course, person, first + 5 * DAY)
        sit(after, person, later,
            lambda attempt, able=able: given(attempt, able + 1.9, chance), 50)


def online_with_essay(course, people, chance):
    """The course on children and women was learned online in October: a test with an essay, a
    survey at the end.  One question misled the better ones, one person was far too quick, and
    the last four essays wait.
    """
    quiz, author = final_of(course), people["CB004"]
    question = write_question(course, "essay", ESSAY, author, {
        "category": "Phụ nữ và trẻ em trên báo chí", "tags": ["tự luận"], "difficulty": MEDIUM})
    quiz.draw, quiz.shuffle = None, False
    db.session.add(QuizItem(quiz=quiz, question_id=question.id, position=len(quiz.items), points=2))
    survey = Survey(version=quiz.version, lineage="c04-survey", position=quiz.position + 1,
                    title_vi="Ý kiến về khóa học", title_en="Your view of the course", minutes=3,
                    items=read_lines(SURVEY))
    db.session.add(survey)
    db.session.flush()
    db.session.expire_all()
    turned = {next(item.question.versions[-1].id for item in quiz.items
                   if item.question.kind == "single" and item.position > 2)}
    learners = learners_of_group("C", 26)
    for number, person in enumerate(learners):
        begun = MORNING + number // 2 * DAY + timedelta(minutes=3 * (number % 2))
        read_pages(course, person, begun - timedelta(hours=1))
        able = chance.gauss(0.9, 1.8)
        if number == len(learners) - 4:
            # The mark of this essay and those before is given; those after it wait.
            mark_essays(author, begun, chance)
        sit(quiz, person, begun, lambda attempt, able=able: given(attempt, able, chance, turned),
            4 if number == 7 else chance.randint(35, 75))
    say_what_they_think(survey, learners[:-4], chance)


def learners_of_group(key, count):
    """So many members of a group who have no part of their own in the story, by their key."""
    return db.session.scalars(
        select(Person).where(
            Person.id.in_(select(Membership.person_id).where(
                Membership.group.has(key=key), Membership.valid_to.is_(None))),
            Person.key > "CB030").order_by(Person.key).limit(count)).all()


def mark_essays(author, moment, chance):
    """The trainer marks every essay that waits."""
    with past.at(moment):
        for one in waiting_for(author):
            long = len(one.answer[0]) > 80
            points = [Decimal(chance.randint(4, 6) if long else 2),
                      Decimal(chance.randint(2, 4) if long else 1)]
            mark(one.code, points, "" if long else "Cần nói vì sao điều đó hại cho em.", by=author)


def say_what_they_think(survey, learners, chance):
    """Most say what they think of the course."""
    for person in learners:
        answers = {"2": chance.choice("554"), "3": chance.choice("5443"),
                   "4": chance.choice("ABBB"), "5": chance.choice(WISHES)}
        with past.at(MORNING + 20 * DAY):
            answer(survey, {key: text for key, text in answers.items() if text}, by=person)
            do_step(survey, by=person)


def on_paper(course, people, chance):
    """The class of November was tested on paper; one result had been typed in for another."""
    quiz, trainer = final_of(course), people["CB004"]
    course_class = db.session.scalars(select(CourseClass).filter_by(
        course_id=course.id, starts_on=date(2026, 11, 23))).one()
    with past.on(date(2026, 11, 23), hour=8):
        papers = make_papers(quiz, 4, "Lớp C08, ngày 24/11/2026", by=trainer)
    entries = {}
    for number, enrolment in enumerate(enrolments_in(course_class)[:18]):
        letter = "ABCD"[number % 4]
        sheet = Sheet(papers.papers[letter])
        entries[enrolment.person] = Entry(letter, dict(enumerate(
            given(sheet, chance.gauss(1, 1), chance))), None)
    entries.pop(trainer, None)
    with past.on(date(2026, 11, 24), hour=9):
        record_papers(papers, entries, by=trainer)
    wrong = db.session.scalars(select(PaperMark).filter_by(
        set_id=papers.id, passed=False).order_by(PaperMark.id)).first()
    sheet = Sheet(papers.papers[wrong.letter])
    with past.on(date(2026, 11, 24), hour=10):
        correct_paper(wrong, Entry(wrong.letter, dict(enumerate(given(sheet, 9, chance))), None),
                      "Gõ nhầm dòng với bài của người ngồi bên", by=trainer)


class Sheet:
    """A paper somebody answers by hand."""

    def __init__(self, paper):
        self.paper = paper


def open_now(course, people):
    """The test on the Constitution is open for eight hours and asks for the code of the room; one
    person has more time.
    """
    quiz, officer = final_of(course), people["CB001"]
    now = clock.now().replace(minute=0, second=0, microsecond=0)
    set_hours(quiz, now - timedelta(hours=1), now + timedelta(hours=8), by=officer)
    quiz.code_secret = new_secret()
    give_extra_time(quiz, people["CB012"], {"percent": 25, "minutes": 0,
                                            "reason": "Tay phải đang bó bột"}, by=officer)


def going_on(course, people, chance):
    """The class of today is in the middle of its test: some answer, one is silent, one stands
    still, some have handed in, and answers of one came too late.
    """
    quiz, trainer, now = final_of(course), people["CB004"], clock.now()
    course_class = db.session.scalars(select(CourseClass).filter_by(
        course_id=course.id, starts_on=date(2026, 11, 25))).one()
    there = [one.person for one in enrolments_in(course_class)
             if one.person.key not in SIGN_INS][:11]
    ago = dict(zip(there, (30, *range(12, 2, -1)), strict=True))
    running = {}
    for number, (person, minutes) in enumerate(ago.items()):
        begun = now - timedelta(minutes=minutes)
        if 1 <= number <= 3:
            sit(quiz, person, begun, lambda attempt: given(attempt, 1.2, chance), 60)
        else:
            running[person] = begin(quiz, person, begun, chance)
    late, silent, still, longer, *_others = running.values()
    with past.at(now - timedelta(minutes=1)):
        save_answer(late, len(late.paper) - 1, given(late, 1, chance)[-1], None, by=late.person)
    for attempt in running.values():
        if attempt not in (late, silent):
            see(attempt, None, now)
    submit(late, by=None)
    pause(quiz, [still.id], "Mất điện ở dãy bàn cuối", by=trainer)
    extend(longer, 5, "Máy khởi động lại", by=trainer)


def begin(quiz, person, begun, chance):
    """``person`` begins at ``begun`` and has answered part of the questions."""
    with past.at(begun):
        attempt = start(quiz, by=person)
    answers = given(attempt, 0.8, chance)
    for slot in range(chance.randint(1, len(answers) - 2)):
        with past.at(begun + timedelta(seconds=20 * (slot + 1))):
            save_answer(attempt, slot, answers[slot], None, by=person)
    return attempt
