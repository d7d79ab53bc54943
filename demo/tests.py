"""The tests of three courses: one by blueprint, one in two parts, one before and after."""
from sqlalchemy import select

from lms.kernel.db import db

from courses.catalogue.queries import published_version, steps_of
from quizzes.papers.models import Quiz
from quizzes.questions.models import Question

#: What questions are about, from the first to the last of each range.
CATEGORIES = (
    ("Tuyên ngôn Quốc tế Nhân quyền", 1, 3), ("Bộ luật Nhân quyền quốc tế", 4, 4),
    ("Tuyên ngôn Quốc tế Nhân quyền", 5, 6), ("Công ước quốc tế", 7, 13),
    ("Hiến pháp: quy định chung", 14, 17), ("Hiến pháp: các quyền", 18, 20),
    ("Công ước về quyền trẻ em", 21, 24), ("Phụ nữ và trẻ em trên báo chí", 25, 26),
    ("Luật Báo chí", 27, 29), ("Đạo đức nghề báo", 30, 32))


def build(courses):
    """Sort the bank, and give three tests their rules."""
    sort_the_bank()
    press, constitution, conventions = (final_of(courses[key]) for key in ("C05", "C03", "C02"))
    press.items, press.draw = [], None
    press.blueprint = [row("Luật Báo chí", 3), row("Đạo đức nghề báo", 2)]
    press.wait_minutes = 10
    in_two_parts(constitution)
    before_and_after(conventions)
    db.session.flush()


def sort_the_bank():
    """Give the questions that blueprints ask for a topic of their own."""
    questions = {question.key: question for question in db.session.scalars(select(Question))}
    for category, first, last in CATEGORIES:
        for number in range(first, last + 1):
            questions[f"Q{number:03d}"].category = category


def final_of(course):
    """The test at the end of a course."""
    return next(step for step in steps_of(published_version(course)) if step.kind == "quiz")


def row(category, count, difficulty=None):
    """A row of a blueprint."""
    return {"section": 0, "category": category, "difficulty": difficulty, "count": count}


def in_two_parts(quiz):
    """The questions on what holds in general, then those on single rights."""
    quiz.draw = None
    quiz.sections = [
        {"title_vi": "Quy định chung", "title_en": "General rules", "pass_mark": 50},
        {"title_vi": "Các quyền", "title_en": "The rights", "pass_mark": None}]
    for item in quiz.items:
        item.section = int(item.question.category == "Hiến pháp: các quyền")


def before_and_after(quiz):
    """A test before the course, with other questions of the same blueprint as the one after it."""
    quiz.items, quiz.draw, quiz.blueprint = [], None, [row("Công ước quốc tế", 3)]
    for step in steps_of(quiz.version):
        step.position += 1
    db.session.add(Quiz(
        version=quiz.version, lineage="c02-before", position=0, title_vi="Kiểm tra đầu khóa",
        title_en="Test before the course", minutes=10, pretest_of=quiz.lineage,
        attempts_allowed=1, show_right="never", show_key="never", show_explanation="never"))
