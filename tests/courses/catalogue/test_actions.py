"""Writing a course: its draft, its steps, its versions, its authors."""
from datetime import date
from io import BytesIO

import pytest

from lms.kernel.db import db
from lms.kernel.errors import Refusal
from lms.people.models import Role

from courses.catalogue.actions import (
    add_author,
    add_step,
    change_course,
    change_step,
    create_course,
    discard_draft,
    draft,
    keep_picture,
    move_step,
    offer_again,
    publish,
    receive_file,
    receive_light,
    remove_author,
    remove_step,
    withdraw,
)
from courses.catalogue.models import Picture
from courses.catalogue.queries import draft_version, published_version, steps_of
from courses.catalogue.signals import version_published
from tests.courses.books import begun, page, photo, published, traces
from tests.world import PDF


def titles(version):
    """The titles of the steps of ``version`` in their order."""
    return [step.title_vi for step in steps_of(version)]


def authors(course):
    """The names of the authors of ``course``."""
    db.session.expire(course, ["trainers"])
    return [author.person.full_name for author in course.trainers]


def test_a_trainer_begins_a_course_with_an_empty_draft_and_writes_it(world):
    course = create_course({"key": "C13", "title_vi": "Quyền trẻ em"}, by=world.minh)

    assert authors(course) == ["Triệu Văn Minh"]
    assert (draft_version(course).number, published_version(course)) == (1, None)
    assert titles(draft_version(course)) == []
    assert traces()[-1] == "course created"


def test_an_officer_who_begins_a_course_is_not_its_trainer(world):
    assert authors(begun(world.an)) == []


@pytest.mark.parametrize("key", ["PRESS", "press"])
def test_a_code_is_taken_once_whatever_its_letters(world, key):
    with pytest.raises(Refusal, match="Đã có khóa học mang mã PRESS"):
        begun(world.minh, key)


def test_a_course_changes_but_not_to_a_code_that_is_taken(world):
    change_course(world.press_law, {"key": "PRESS", "periods": 16}, by=world.minh)

    assert world.press_law.periods == 16
    with pytest.raises(Refusal):
        change_course(world.press_law, {"key": "kit"}, by=world.minh)


def test_a_draft_copies_every_kind_of_step_with_its_lineage(world):
    before = [(step.kind, step.lineage, step.title_vi, step.minutes)
              for step in steps_of(published_version(world.press_law))]

    version = draft(world.press_law, by=world.minh)

    steps = steps_of(version)
    assert version.number == 2
    assert [(s.kind, s.lineage, s.title_vi, s.minutes) for s in steps] == before
    assert steps[0].body_vi == "<p>Luật có hiệu lực 01/7/2026.</p>"
    assert (steps[1].acknowledge, steps[1].file.name) == (True, "luat.pdf")
    assert len(steps[2].items) == 4


def test_there_is_one_draft_however_often_it_is_asked_for(world):
    assert draft(world.press_law, by=world.minh) is draft(world.press_law, by=world.an)


def test_changing_a_draft_leaves_what_is_published(world):
    intro = world.law_intro
    step = steps_of(draft(world.press_law, by=world.minh))[0]

    change_step(step, {"title_vi": "Mở đầu"}, by=world.minh)

    assert (step.title_vi, intro.title_vi) == ("Mở đầu", "Giới thiệu")


def test_what_is_published_does_not_change(world):
    intro = world.law_intro

    for forbidden in (lambda: change_step(intro, {"minutes": 1}, by=world.minh),
                      lambda: move_step(intro, 1, by=world.minh),
                      lambda: remove_step(intro, by=world.minh),
                      lambda: add_step(intro.version, "link", {"title_vi": "x", "url": "x"},
                                       by=world.minh)):
        with pytest.raises(Refusal, match="đã công bố nên không đổi"):
            forbidden()


@pytest.mark.parametrize(("step", "position", "order"), [
    (0, 2, "BCA"), (2, 0, "CAB"), (1, 1, "ABC"), (0, 99, "BCA"), (2, -5, "CAB")])
def test_a_step_moves_and_the_others_make_room(world, step, position, order):
    course = begun(world.minh)
    steps = [page(course, world.minh, title) for title in "ABC"]

    move_step(steps[step], position, by=world.minh)

    assert titles(draft_version(course)) == list(order)
    assert [s.position for s in steps_of(draft_version(course))] == [0, 1, 2]


def test_a_step_of_each_kind_is_taken_out_a_test_with_its_questions(world):
    version = draft(world.press_law, by=world.minh)

    for step in steps_of(version):
        remove_step(step, by=world.minh)

    assert titles(version) == []
    assert len(steps_of(published_version(world.press_law))) == 3
    assert len(world.law_quiz.items) == 4


def test_publishing_opens_the_draft_and_tells_the_rooms_above(world):
    course = begun(world.minh)
    page(course, world.minh)
    heard = []

    def hear(version, move, by):
        heard.append((version.number, move, by.key))

    with version_published.connected_to(hear):
        version = publish(course, "Bản đầu", True, by=world.minh)

    assert (published_version(course), draft_version(course)) == (version, None)
    assert version.note == "Bản đầu"
    assert heard == [(1, True, "MINH")]


def test_an_empty_draft_is_not_published(world):
    with pytest.raises(Refusal, match="chưa có mục nào"):
        publish(begun(world.minh), "", False, by=world.minh)


def test_nothing_is_published_without_a_draft(world):
    with pytest.raises(Refusal, match="Chưa có bản nháp"):
        publish(world.press_law, "", False, by=world.minh)


def test_a_draft_with_an_empty_page_or_a_test_without_questions_is_not_published(world):
    course = begun(world.minh)
    page(course, world.minh, "Trống", body_vi="")
    add_step(draft_version(course), "quiz", {"title_vi": "Bài cuối"}, by=world.minh)

    with pytest.raises(Refusal, match="“Trống”: Chưa có nội dung.*“Bài cuối”: .*chưa có câu hỏi"):
        publish(course, "", False, by=world.minh)


def test_a_draft_is_thrown_away_and_readers_keep_what_they_have(world):
    draft(world.press_law, by=world.minh)

    discard_draft(world.press_law, by=world.minh)

    db.session.expire_all()
    assert [version.number for version in world.press_law.versions] == [1]
    assert titles(published_version(world.press_law)) == ["Giới thiệu", "Toàn văn luật",
                                                          "Kiểm tra"]
    with pytest.raises(Refusal):
        discard_draft(world.press_law, by=world.minh)


def test_the_only_draft_of_a_course_is_not_thrown_away(world):
    with pytest.raises(Refusal, match="ngừng mở"):
        discard_draft(begun(world.minh), by=world.minh)


def test_a_course_is_withdrawn_once_and_offered_again_once(world):
    withdraw(world.press_law, by=world.minh)

    with pytest.raises(Refusal):
        withdraw(world.press_law, by=world.minh)
    offer_again(world.press_law, by=world.minh)
    assert world.press_law.withdrawn_at is None
    with pytest.raises(Refusal):
        offer_again(world.press_law, by=world.minh)


def test_a_trainer_is_added_as_author_once_and_somebody_always_remains(world):
    db.session.add(Role(person=world.ha, kind="trainer", valid_from=date(2026, 1, 1)))

    add_author(world.press_law, world.ha, by=world.minh)

    assert authors(world.press_law) == ["Triệu Văn Minh", "Bế Văn Hạ"]
    with pytest.raises(Refusal, match="đã là người soạn"):
        add_author(world.press_law, world.ha, by=world.minh)
    remove_author(world.press_law, world.minh, by=world.an)
    assert authors(world.press_law) == ["Bế Văn Hạ"]
    with pytest.raises(Refusal, match="ít nhất một"):
        remove_author(world.press_law, world.ha, by=world.an)


def test_nobody_but_a_trainer_becomes_an_author(world):
    with pytest.raises(Refusal, match="Nông Thị Lan không phải giảng viên"):
        add_author(world.press_law, world.lan, by=world.minh)


def test_a_file_is_taken_when_its_giver_says_it_holds_no_secret(world):
    kept = receive_file(BytesIO(PDF), "Sổ tay.pdf", (".pdf",), declared=True)

    assert (kept.name, kept.mime, kept.size) == ("Sổ tay.pdf", "application/pdf", len(PDF))


@pytest.mark.parametrize(("name", "declared", "why"), [
    ("so-tay.pdf", False, "không chứa bí mật"), ("TỐI MẬT 12.pdf", True, "tài liệu mật"),
    ("so-tay.exe", True, "exe"), ("so-tay.docx", True, "docx")])
def test_other_files_are_refused(world, name, declared, why):
    with pytest.raises(Refusal, match=why):
        receive_file(BytesIO(PDF), name, (".pdf",), declared)


def test_a_file_that_is_not_what_its_name_says_is_refused(world):
    with pytest.raises(Refusal):
        receive_file(BytesIO(b"MZ not a pdf"), "so-tay.pdf", (".pdf",), declared=True)


def test_a_picture_is_kept_small_for_its_course(world):
    picture = keep_picture(world.press_law, photo(2400, 1200), "Thẻ nhà báo", by=world.minh)

    assert (picture.width, picture.height, picture.file.mime) == (1200, 600, "image/webp")
    assert db.session.query(Picture).one().alternative == "Thẻ nhà báo"


def test_each_action_leaves_one_trace(world):
    before = len(traces())
    course = published(world.minh, titles=("Một",))
    draft(course, by=world.minh)

    assert traces()[before:] == ["course created", "step added", "version published",
                                 "draft begun"]


def test_the_lighter_version_of_a_document_is_two_megabytes_at_most(world):
    beside = receive_file(BytesIO(PDF + bytes(2_200_000)), "so-tay.pdf", (".pdf",), declared=True)

    with pytest.raises(Refusal, match="không quá"):
        receive_light(BytesIO(PDF + bytes(2_100_000)), "nhe.pdf", (".pdf",), True, beside)
    kept = receive_light(BytesIO(PDF + bytes(1_900_000)), "nhe.pdf", (".pdf",), True, beside)

    assert kept.name == "nhe.pdf"
