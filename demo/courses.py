"""The courses of the province, read from the Markdown files of this folder."""
import json
import re
from datetime import UTC, date, datetime
from html import escape
from io import BytesIO
from pathlib import Path

from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import mm
from reportlab.platypus import Paragraph, SimpleDocTemplate

from lms.kernel import storage
from lms.kernel.db import db
from lms.kernel.paper import BOLD, REGULAR, glyphs

from courses.catalogue.models import (
    Course,
    CourseTrainer,
    CourseVersion,
    Document,
    Link,
    TextPage,
)
from quizzes.papers.models import Quiz, QuizItem
from quizzes.questions.models import Question, QuestionVersion

FOLDER = Path(__file__).parent
PUBLISHED = datetime(2018, 11, 1, 2, 0, tzinfo=UTC)
#: The looks of a document by the mark its line begins with.
PAPER = {
    "# ": ParagraphStyle("title", fontName=BOLD, fontSize=16, leading=21, spaceAfter=10),
    "### ": ParagraphStyle("head", fontName=BOLD, fontSize=12, leading=16, spaceBefore=8,
                           spaceAfter=3, keepWithNext=1),
    "- ": ParagraphStyle("item", fontName=REGULAR, fontSize=11, leading=14, leftIndent=12,
                         bulletIndent=2, bulletFontName=REGULAR, bulletFontSize=11, spaceAfter=2),
    "": ParagraphStyle("text", fontName=REGULAR, fontSize=11, leading=14, spaceAfter=5),
}
STEP = re.compile(r"^## \[(\w+)\] (.+)$", re.MULTILINE)


def build(units, people):
    """Write every course with its steps and questions; gives them by key."""
    courses = {}
    for path in sorted((FOLDER / "courses").glob("*.md")):
        head, _dash, body = path.read_text(encoding="utf-8").partition("\n---\n")
        facts = dict(line.split(": ", 1) for line in head.removeprefix("---\n").splitlines()
                     if ": " in line)
        courses[facts["key"]] = course_of(facts, units)
        db.session.add(CourseTrainer(course=courses[facts["key"]], person=people["CB004"]))
    db.session.flush()
    questions = add_questions(courses)
    for path in sorted((FOLDER / "courses").glob("*.md")):
        text = path.read_text(encoding="utf-8")
        key = re.search(r"^key: (\S+)", text, re.MULTILINE).group(1)
        add_steps(courses[key], text, questions.get(key, []))
    db.session.flush()
    return courses


def course_of(facts, units):
    """The course a file's head describes."""
    months = facts.get("validity_months", "").strip()
    course = Course(
        key=facts["key"], title_vi=facts["title_vi"], title_en=facts["title_en"],
        summary_vi=facts.get("summary_vi", ""), summary_en=facts.get("summary_en", ""),
        periods=int(facts["periods"]), mode=facts["mode"], owner=units[facts["owner"]],
        validity_months=int(months) if months else None, legal_basis=facts.get("legal_basis", ""),
        content_kind="position", reviewed_on=date(2026, 10, 15),
        certified=facts.get("certificate", "yes").strip() != "no")
    db.session.add(course)
    return course


def add_questions(courses):
    """The sixty questions, in the banks of their courses: course key → questions."""
    banks = {}
    for item in json.loads((FOLDER / "questions.json").read_text(encoding="utf-8")):
        kind = {"multi": "multiple"}.get(item["type"], item["type"])
        question = Question(key=item["id"], course=courses[item["course"]], kind=kind)
        options, matches, right = answers_of(kind, item)
        db.session.add_all([question, QuestionVersion(
            question=question, number=1, stem_vi=item["stem_vi"], stem_en=item["stem_en"],
            options=options, matches=matches, right=right, basis=item["source"],
            explanation_vi=item["explanation_vi"])])
        banks.setdefault(item["course"], []).append(question)
    return banks


def answers_of(kind, item):
    """Options, matches and what is right, in the form each kind keeps them."""
    options, correct = item["options"], item["correct"]
    if kind == "matching":
        return options["left"], options["right"], [f"{a}={b}" for a, b in correct.items()]
    return options, [], correct if isinstance(correct, list) else [correct]


def add_steps(course, text, questions):
    """The published version of a course: a step for each heading of its file."""
    version = CourseVersion(course=course, number=1, published_at=PUBLISHED)
    db.session.add(version)
    parts = STEP.split(text)[1:]
    for position, (kind, line, body) in enumerate(zip(*[iter(parts)] * 3, strict=True)):
        words = [word.strip() for word in line.split("|")]
        shared = {"version": version, "position": position, "title_vi": words[0],
                  "title_en": words[1], "minutes": int(words[2]),
                  "lineage": f"{course.key}-{position}".lower()}
        db.session.add(step_of(kind, words, body, shared, questions))


def step_of(kind, words, body, shared, questions):
    """One step of a course."""
    if kind == "link":
        return Link(url=words[3], note_vi=body.strip(), **shared)
    if kind == "document":
        text = (FOLDER / "documents" / words[3]).with_suffix(".md").read_text(encoding="utf-8")
        pdf = storage.keep(BytesIO(paper_of(words[0], text)), words[3])
        return Document(file=pdf, acknowledge=True, **shared)
    if kind == "quiz":
        rules = dict(pair.split("=") for pair in words[3].split())
        quiz = Quiz(draw=int(rules["draw"]), pass_mark=int(rules["pass"]),
                    attempts_allowed=int(rules["attempts"]), time_limit=int(rules["limit"]),
                    **shared)
        quiz.items = [QuizItem(question=question, position=n)
                      for n, question in enumerate(questions)]
        return quiz
    vietnamese, _mark, english = body.partition("<!-- en -->")
    return TextPage(body_vi=html_of(vietnamese), body_en=html_of(english), **shared)


def html_of(markdown):
    """The little Markdown of these files as HTML: headings, lists, quotations, bold."""
    blocks = []
    for block in re.split(r"\n\s*\n", markdown.strip()):
        lines = block.strip().splitlines()
        if not lines:
            continue
        if lines[0].startswith("### "):
            blocks.append(f"<h2>{inline(lines[0][4:])}</h2>")
            lines = lines[1:]
        if lines and all(line.startswith("- ") for line in lines):
            items = "".join(f"<li>{inline(line[2:])}</li>" for line in lines)
            blocks.append(f"<ul>{items}</ul>")
        elif lines and lines[0].startswith("> "):
            quoted = " ".join(line.removeprefix("> ") for line in lines)
            blocks.append(f"<blockquote><p>{inline(quoted)}</p></blockquote>")
        elif lines:
            blocks.append(f"<p>{inline(' '.join(lines))}</p>")
    return "\n".join(blocks)


def inline(text):
    """A line with its bold words."""
    return re.sub(r"\*\*(.+?)\*\*", r"<strong>\1</strong>", escape(text, quote=False))


def paper_of(title, markdown):
    """A document as a PDF of one or two pages."""
    glyphs()
    buffer = BytesIO()
    SimpleDocTemplate(buffer, pagesize=A4, title=title, invariant=1, topMargin=20 * mm,
                      bottomMargin=20 * mm).build([Paragraph(escape(title), PAPER["# "]),
                                                   *paragraphs_of(markdown)])
    return buffer.getvalue()


def paragraphs_of(markdown):
    """The headings, list items and paragraphs of a document, drawn."""
    for line in filter(None, map(str.strip, markdown.splitlines())):
        mark = next((mark for mark in ("### ", "- ") if line.startswith(mark)), "")
        words = re.sub("<strong>(.+?)</strong>", rf'<font name="{BOLD}">\1</font>',
                       inline(line.removeprefix(mark)))
        yield Paragraph(words, PAPER[mark], bulletText="–" if mark == "- " else None)
