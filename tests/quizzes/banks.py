"""Questions of press law for blueprints, and rows of these."""
from lms.kernel.db import db

from quizzes.questions.models import Question, QuestionVersion


def bank(world, *cells):
    """Questions of press law: (category, difficulty, how many)."""
    for category, difficulty, count in cells:
        for number in range(count):
            question = Question(key=f"{category}-{difficulty}-{number}", course=world.press_law,
                                kind="single", category=category, difficulty=difficulty)
            db.session.add_all([question, QuestionVersion(
                question=question, number=1, stem_vi=f"{category} {difficulty}.{number}?",
                right=["A"], options=[{"key": "A", "vi": "Có"}, {"key": "B", "vi": "Không"}])])
    db.session.flush()


def row(count, category=None, difficulty=None, section=0):
    """A row of a blueprint."""
    return {"section": section, "category": category, "difficulty": difficulty, "count": count}
