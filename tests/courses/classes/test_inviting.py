"""Inviting: a message that fits into Zalo, a poster with a code, and nobody's name in either."""
from datetime import date

from lms.kernel import clock

from courses.catalogue.inviting import LONGEST_MESSAGE, Invitation
from courses.classes.actions import change_class
from courses.classes.inviting import when
from tests.courses.classes.classroom import address, with_sessions
from tests.pdf import pages, scanned, texts


def message(page):
    """The text to paste that ``page`` shows."""
    html = page.response.text
    return html[html.index("<textarea id=\"text\""):].split(">", 1)[1].split("</textarea>")[0]


def test_whoever_sends_people_copies_an_invitation_that_names_nobody(world, browse):
    page = browse(world.ha).get(address(world, "/invitation"))

    said = message(page)
    assert said.splitlines() == [
        "MỜI DỰ LỚP TẬP HUẤN: Luật Báo chí, khóa 2/2026",
        "Thời gian: buổi sáng 01/12/2026 đến 02/12/2026 (3 buổi)",
        "Địa điểm: Hội trường tầng 2", "Đơn vị tổ chức: Sở Văn hóa",
        f"Đăng nhập để xem: http://127.0.0.1:8000/classes/{world.december_class.id}"]
    assert page.links["Mở áp phích"] == address(world, "/poster.pdf")
    assert browse(world.ha).get(address(world)).links["Mời qua Zalo hoặc áp phích"] == address(
        world, "/invitation")


def test_a_participant_finds_no_invitation_to_send(world, browse):
    assert "Mời qua Zalo" not in browse(world.lan).get(address(world)).text


def test_a_message_keeps_to_its_length_and_its_address_whole():
    long = Invitation("MỜI", "Tên " * 60, (("Nội dung", "chữ " * 500), ("Nơi", "x" * 190)),
                      "https://taphuan.example.vn/classes/7")

    assert LONGEST_MESSAGE - 20 < len(long.message) <= LONGEST_MESSAGE
    assert long.message.endswith("https://taphuan.example.vn/classes/7")
    assert long.message.count("…") >= 2


def test_a_class_of_one_day_and_one_without_sessions_say_no_more_than_is_known(world):
    course_class = world.december_class
    with_sessions(course_class, 1)
    change_class(course_class, {"ends_on": date(2026, 12, 1)}, by=world.an)
    assert when(course_class) == "buổi sáng 01/12/2026"

    assert when(with_sessions(course_class, 0)) == "01/12/2026 đến 31/12/2026"


def test_a_poster_is_one_sheet_that_says_what_the_message_says(world, browse, tmp_path):
    minh = browse(world.minh)

    content = minh.get(address(world, "/poster.pdf")).response.data

    assert len(pages(content)) == 1
    said = " ".join(texts(content))
    assert "Luật Báo chí, khóa 2/2026" in said
    assert f"http://127.0.0.1:8000/classes/{world.december_class.id}" in said
    assert "Nông Thị Lan" not in said
    assert scanned(content, tmp_path) == [f"http://127.0.0.1:8000{address(world)}"]


def test_the_code_of_a_list_to_sign_leads_to_where_it_is_entered(world, browse, tmp_path):
    session = world.first_session

    content = browse(world.minh).get(f"/sessions/{session.id}/sheet.pdf").response.data

    assert scanned(content, tmp_path) == [
        f"http://127.0.0.1:8000/sessions/{session.id}/attendance"]


def test_a_course_is_invited_to_by_whoever_answers_for_people(world, browse):
    url = f"/courses/{world.press_law.id}"

    ha = browse(world.ha)
    assert ha.get(url).links["Mời qua Zalo hoặc áp phích"] == f"{url}/invitation"
    assert f"http://127.0.0.1:8000{url}" in message(ha.get(f"{url}/invitation"))
    assert len(pages(ha.get(f"{url}/poster.pdf").response.data)) == 1
    assert browse(world.lan).get(f"{url}/invitation", status=404).status == 404


def test_nobody_is_invited_to_what_nobody_can_join(world, browse):
    an = browse(world.an)
    world.press_law.withdrawn_at = world.december_class.cancelled_at = clock.now()

    assert an.get(f"/courses/{world.press_law.id}/invitation", status=404).status == 404
    assert an.get(f"{address(world)}/poster.pdf", status=404).status == 404


def test_a_link_says_the_title_of_an_open_course_and_nothing_of_a_class(world, browse):
    def seen(path):
        html = browse().get(f"/sign-in?next={path}").response.text
        return html.split('property="og:title" content="')[1].split('"')[0]

    world.press_law.open = False
    assert seen(f"/courses/{world.press_law.id}") == "Tập huấn Cao Bằng"
    world.press_law.open = True
    assert seen(f"/courses/{world.press_law.id}") == "Luật Báo chí"
    assert seen(address(world)) == "Tập huấn Cao Bằng"
    assert "og:title" not in browse(world.lan).get("/my-work").response.text
