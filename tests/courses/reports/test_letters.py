"""The letters and decisions of a class: what they say, what they wait for, who may have them."""
from io import BytesIO

import pytest
from docx import Document

from lms.kernel.db import db

from courses.classes.actions import close_class, set_quota
from courses.reports.letters import invitation, nominating, opening, programme, recognising
from courses.reports.papers import drawn
from courses.reports.queries.letters import lecturers_of, matter_of_class, post_of
from courses.reports.views.letters import what_it_waits_for
from tests.courses.classes.classroom import SECOND, held, it_is


@pytest.fixture
def course_class(world):
    """The class of December; Hoa teaches its last session, Minh the others."""
    world.december_class.sessions[-1].trainer = world.hoa
    db.session.flush()
    return world.december_class


def words_of(paper):
    """All the words of the Word file of ``paper``, a line for each paragraph and each row."""
    document = Document(BytesIO(drawn(paper, "docx")))
    rows = [" | ".join(cell.text for cell in row.cells)
            for table in document.tables for row in table.rows]
    return "\n".join([paragraph.text for paragraph in document.paragraphs] + rows)


def test_the_letter_to_the_units_says_all_that_they_need(world, course_class):
    set_quota(course_class, world.department, 4, by=world.an)

    words = words_of(nominating(matter_of_class(course_class)))

    assert "V/v cử người tham gia lớp “Luật Báo chí, khóa 2/2026”" in words
    assert "Kính gửi: Các cơ quan, đơn vị có tên trong Phụ lục kèm theo" in words
    assert "2. Thời gian: buổi sáng 01/12/2026 đến 02/12/2026 (3 buổi)." in words
    assert "3. Hình thức, địa điểm: trực tiếp, tại Hội trường tầng 2." in words
    assert "04 người, theo từng đơn vị tại Phụ lục." in words
    assert "1 | Sở Văn hóa | 4" in words
    assert f"/classes/{course_class.id} trước ngày 01/12/2026." in words
    assert "Số: ……/SVH" in words


def test_a_lecturer_is_invited_to_the_sessions_of_theirs_alone(world, course_class):
    assert lecturers_of(course_class) == [world.minh, world.hoa]

    words = words_of(invitation(matter_of_class(course_class), world.hoa.full_name,
                                *post_of(world.hoa, course_class.starts_on)))

    assert "trân trọng kính mời Ông/Bà: Bế Thị Hoa, " in words
    assert [line for line in words.split("\n") if line.startswith(("01/12", "02/12"))] == [
        "02/12/2026 | Sáng | Luật Báo chí | 4"]


def test_the_decision_sends_whoever_is_in_the_class_in_the_order_of_names(world, course_class):
    paper = opening(matter_of_class(course_class))
    words = words_of(paper)

    people = [row for row in words.split("\n") if row.count(" | ") == 4 and row[0].isdigit()]
    assert f"Điều 2. Cử {len(matter_of_class(course_class).people):02d} người có tên" in words
    assert any("Nông Thị Lan" in row for row in people)
    articles = [part.bold for part in paper.body if getattr(part, "bold", "")]
    assert articles == ["Điều 1.", "Điều 2.", "Điều 3.", "Điều 4."]
    assert [annex.label for annex in paper.annexes] == ["Phụ lục I", "Phụ lục II"]


def test_without_people_and_sessions_the_decision_has_no_empty_annex(world, course_class):
    matter = matter_of_class(course_class)
    bare = type(matter)(**{**vars(matter), "people": (), "sessions": ()})

    paper = opening(bare)

    assert paper.annexes == ()
    assert "danh sách được phê duyệt bổ sung" in words_of(paper)


def test_the_programme_adds_the_periods_up(course_class):
    words = words_of(programme(matter_of_class(course_class)))

    total = sum(session.periods for session in course_class.sessions)
    assert f" | Cộng |  |  | {total}" in words
    assert "CHƯƠNG TRÌNH" in words


def test_results_are_recognised_once_the_class_is_closed(world, browse, course_class, monkeypatch):
    assert what_it_waits_for(course_class, "cong-nhan-ket-qua")
    browse(world.an).get(f"/classes/{course_class.id}/cong-nhan-ket-qua.docx", status=409)
    it_is(monkeypatch, SECOND)
    held(course_class, by=world.minh, mark="87,5")
    close_class(course_class, by=world.an)

    words = words_of(recognising(matter_of_class(course_class)))

    assert "01 người tham gia, 01 người đạt" in words
    assert "1 | Nông Thị Lan" in words


def test_every_letter_is_a_paper_without_a_note_on_drafts(course_class):
    matter = matter_of_class(course_class)

    for letter in (nominating, opening, programme):
        assert "Dự thảo" not in words_of(letter(matter))
        assert drawn(letter(matter), "pdf").startswith(b"%PDF")


def test_the_page_of_papers_offers_the_letters_to_whoever_arranges_the_class(
        world, browse, course_class):
    address = f"/classes/{course_class.id}/papers"

    assert "Công văn cử người tham gia lớp" in browse(world.an).get(address).text
    assert "Công văn cử người tham gia lớp" not in browse(world.minh).get(address).text
    gone = browse(world.an).get(f"/classes/{course_class.id}/giay-moi-{world.lan.id}.docx",
                                status=409)
    assert "không còn dạy buổi nào" in gone.text
