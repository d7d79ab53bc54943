"""A place on a picture on paper: named by a cell, judged by its middle, left out if too small."""
from decimal import Decimal
from io import BytesIO

import pytest
from PIL import Image as Picture

from lms.kernel.errors import Refusal

from courses.catalogue.actions import keep_picture
from quizzes.attempts.actions import submit
from quizzes.attempts.marksheet import why_unreadable
from quizzes.attempts.queries import paper_marks
from quizzes.papers.actions import make_papers
from quizzes.papers.grid import LETTERS, Grid, decides, grid_of, right_cells, runs
from quizzes.papers.lettering import Unreadable, key_of, read_typed, typed
from quizzes.papers.printing import key_to, papers_of
from quizzes.questions.actions import write_question
from quizzes.questions.kinds import KINDS
from tests.pdf import texts
from tests.quizzes.questions import SPOT, question


def spot(shape, *points, width=200, height=100):
    """A picture with one right area of this shape."""
    return question(right=["A"], stem_vi="Ký ở đâu?", stem_en="", settings=SPOT.settings | {
        "width": width, "height": height, "areas": [
            {"key": "A", "shape": shape, "points": list(points), "vi": "Chỗ ký", "en": ""},
            *SPOT.settings["areas"][1:]]})


@pytest.mark.parametrize("width, height, grid", [
    (200, 100, (20, 10)), (100, 200, (10, 20)), (100, 100, (20, 20)), (None, None, (20, 20)),
    (3000, 40, (20, 1)), (40, 3000, (1, 20)), (640, 480, (20, 15))])
def test_the_longer_side_has_twenty_cells_and_each_is_nearly_square(width, height, grid):
    assert grid_of(spot("rect", 0, 0, 50, 50, width=width, height=height)) == grid


@pytest.mark.parametrize("grid", [Grid(20, 10), Grid(13, 20), Grid(1, 20), Grid(20, 7)])
def test_every_cell_is_found_again_by_its_middle(grid):
    cells = grid.cells

    assert len(set(cells)) == grid.across * grid.down
    for cell in cells:
        place = tuple(map(Decimal, grid.middle(cell).split(",")))
        assert grid.cell_at(place) == cell
    assert grid.cell_at((Decimal(100), Decimal(100))) == cells[-1]


@pytest.mark.parametrize("text, place", [
    ("C4", "12.5,35"), (" c 4 ", "12.5,35"), ("a1", "2.5,5"), ("T10", "97.5,95")])
def test_a_cell_is_read_as_its_middle(text, place):
    answer = read_typed("hotspot", SPOT, [], text)

    assert answer == [place]
    assert KINDS["hotspot"].fits(SPOT, answer)
    assert typed("hotspot", SPOT, [], answer) == text.replace(" ", "").upper()
    assert read_typed("hotspot", SPOT, [], "-") == []
    assert typed("hotspot", SPOT, [], []) == ""


@pytest.mark.parametrize("text", ["U1", "A11", "A0", "4", "C", "C4 D4", "4C", "A01"])
def test_what_is_no_cell_of_the_picture_is_told(text):
    with pytest.raises(Unreadable) as fault:
        read_typed("hotspot", SPOT, [], text)

    assert fault.value.code == "cell"
    assert "C4" in why_unreadable(fault.value)


def test_the_cells_of_the_key_earn_everything_and_no_other_does():
    right = right_cells(SPOT)

    assert [cell for cell in grid_of(SPOT).cells if KINDS["hotspot"].mark(
        SPOT, read_typed("hotspot", SPOT, [], cell))] == right
    assert key_of("hotspot", SPOT, []) == "C3–F3, C4–F4"


def test_neighbours_stand_together_in_the_key():
    assert runs(["B2", "C2", "E2", "A10", "T20"]) == "B2–C2, E2, A10, T20"
    assert runs([]) == ""


@pytest.mark.parametrize("version, fits", [
    (spot("rect", 10, 20, 30, 40), True), (spot("rect", 0, 0, 100, 100), True),
    (spot("rect", 11, 21, 12, 22), False), (spot("rect", 12, 22, 17, 32), False),
    (spot("rect", 10, 20, 15, 30), True), (spot("rect", 12, 24, 13, 26), False),
    (spot("circle", 71, 53, 2), False), (spot("circle", 71, 53, 8), True),
    (spot("polygon", 0, 0, 60, 0, 0, 60), True), (spot("polygon", 0, 0, 90, 89, 91, 92), False),
    (spot("circle", 1, 1, 9), True), (question(right=[], settings=SPOT.settings), False)])
def test_a_place_is_asked_on_paper_where_cells_tell_it_from_what_is_beside_it(version, fits):
    assert decides(version) is fits


@pytest.fixture
def signing(world):
    """Puts the question where a form is signed into the test of press law, which is printed; takes
    the numbers of its right area.
    """
    def put(*points):
        buffer = BytesIO()
        Picture.new("RGB", (200, 100), "grey").save(buffer, "PNG")
        buffer.seek(0)
        picture = keep_picture(world.press_law, buffer, "Mẫu giấy", by=world.minh)
        version = spot("rect", *points)
        made = write_question(world.press_law, "hotspot", {
            "stem_vi": version.stem_vi, "stem_en": "", "options": [], "right": ["A"],
            "settings": version.settings | {"picture": picture.file.sha256}}, by=world.minh)
        world.law_quiz.items[0].question = made
        return made
    return put


def words(content):
    """All the words of a PDF."""
    return " ".join(texts(content))


def test_a_place_is_printed_under_a_grid_and_typed_in_by_its_cell(world, browse, signing):
    asked = signing(10, 20, 30, 40)
    submit(world.running, by=world.lan)
    made = make_papers(world.law_quiz, 1, "", by=world.minh)
    # Each letter stands above and below the picture.
    letters = " ".join(f"{letter} {letter}" for letter in LETTERS)

    paper, key = words(papers_of(made)), words(key_to(made))

    assert "Ký ở đâu? (Ghi tên ô chứa chỗ đúng, ví dụ C4.)" in paper
    assert paper.count(letters) == key.count(letters) == 1
    assert "C3–F3, C4–F4" in key
    url = f"/quizzes/papers/{made.id}/marks"
    minh = browse(world.minh)
    line = {f"letter-{world.lan.id}": "A", f"answers-{world.lan.id}": "Z9; Z9; Z9; Z9"}
    assert "“Z9” không phải là ô nào của hình này" in minh.post(url, line, 200).text
    slot = [item["version"] for item in made.papers["A"]].index(asked.versions[-1].id)
    cells = ["-"] * 4
    cells[slot] = "d4"
    minh.post(url, line | {f"answers-{world.lan.id}": "; ".join(cells)})
    assert paper_marks(made)[world.lan.id].score == 25


def test_a_place_too_small_for_the_grid_is_told_and_left_out_of_what_is_printed(
        world, browse, signing):
    asked = signing(12, 24, 13, 26)

    page = browse(world.minh).get(f"/quizzes/{world.law_quiz.id}/papers")
    trial = browse(world.minh).get(f"/quizzes/{world.law_quiz.id}/preview")
    made = make_papers(world.law_quiz, 2, "", by=world.minh)

    assert "Không in Trên đề giấy, vị trí trên hình" in page.text
    assert f"{asked.key} Ký ở đâu?" in page.text
    assert "Câu này không in ra đề giấy" in trial.text
    assert [len(paper) for paper in made.papers.values()] == [3, 3]
    assert "Ký ở đâu" not in words(papers_of(made))


def test_a_part_that_would_have_no_question_on_paper_is_not_printed(world, signing):
    signing(12, 24, 13, 26)
    world.law_quiz.sections = [{"title_vi": "Một", "title_en": "", "pass_mark": 50},
                               {"title_vi": "Hai", "title_en": "", "pass_mark": None}]
    for item in world.law_quiz.items[1:]:
        item.section = 1

    with pytest.raises(Refusal, match="không còn câu nào|no question left"):
        make_papers(world.law_quiz, 1, "", by=world.minh)


def test_a_picture_that_is_gone_is_told_when_papers_are_printed(world, signing):
    asked = signing(10, 20, 30, 40)
    made = make_papers(world.law_quiz, 1, "", by=world.minh)
    asked.versions[-1].settings = asked.versions[-1].settings | {"picture": "ab" * 32}

    with pytest.raises(Refusal, match="Ký ở đâu"):
        papers_of(made)
