"""What the bank of the first course holds beside the sixty questions: the other kinds."""
import json
from io import BytesIO
from pathlib import Path

from PIL import Image, ImageDraw
from sqlalchemy import select

from lms.kernel.db import db

from courses.catalogue.actions import keep_picture
from quizzes.questions.actions import write_question
from quizzes.questions.models import EASY, HARD, MEDIUM, Question

MORE = Path(__file__).parent / "more_questions.json"
#: How hard the sixty are, by their kind.
DIFFICULTY = {"truefalse": EASY, "ordering": HARD, "matching": HARD}
PAPER, INK, GREY = (252, 251, 248), (33, 30, 26), (200, 194, 182)
#: The blocks of the newspaper's page, in per cent, and how each is filled.
BLOCKS = ((5, 5, 95, 17, INK), (5, 22, 60, 66, GREY), (5, 79, 48, 83, GREY), (5, 86, 48, 90, GREY),
          (52, 79, 95, 83, GREY), (52, 86, 95, 90, GREY))


def build(courses, people):
    """Place the sixty questions in the bank, and add one or more of each other kind."""
    author = people["CB004"]
    for question in db.session.scalars(select(Question).order_by(Question.id)):
        question.category, question.author = question.course.title_vi, author
        question.difficulty = DIFFICULTY.get(question.kind, MEDIUM)
    course = courses["C01"]
    for item in json.loads(MORE.read_text(encoding="utf-8")):
        kind = item.pop("kind")
        place = {"category": f"{course.title_vi} / Tình huống", "tags": ["tình huống"],
                 "difficulty": item.pop("difficulty")}
        if kind == "hotspot":
            kept = keep_picture(course, newspaper(), item["settings"]["alt_vi"], by=author)
            item["settings"] |= {"picture": kept.file.sha256}
        write_question(course, kind, {"right": [], **item}, author, place)
    db.session.flush()


def newspaper():
    """The page of a newspaper, drawn in blocks, as a picture to upload."""
    width, height = 600, 400
    page = Image.new("RGB", (width, height), PAPER)
    pen = ImageDraw.Draw(page)
    for left, top, right, bottom, colour in BLOCKS:
        pen.rectangle((left * width // 100, top * height // 100, right * width // 100,
                       bottom * height // 100), fill=colour)
    buffer = BytesIO()
    page.save(buffer, "PNG")
    buffer.seek(0)
    return buffer
