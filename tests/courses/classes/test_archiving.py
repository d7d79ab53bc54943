"""The file of a class: what stands in it, and for whom."""
from io import BytesIO
from zipfile import ZipFile

from courses.classes.actions import close_class
from tests.courses.classes.classroom import SECOND, address, held, it_is
from tests.pdf import texts


def opened(browser, world):
    """The archive that ``browser`` is given."""
    return ZipFile(BytesIO(browser.get(address(world, "/file.zip")).response.data))


def test_the_list_of_results_says_that_a_class_is_not_closed_and_then_who_passed(
        world, browse, monkeypatch):
    it_is(monkeypatch, SECOND)
    minh, url = browse(world.minh), address(world, "/results.pdf")
    before = " ".join(texts(minh.get(url).response.data))
    assert "Lớp chưa đóng: chưa có kết quả." in before

    world.december_class.decision = "Số 412/QĐ-SVHTTDL ngày 26/11/2026"
    held(world.december_class, by=world.minh, mark="87,5")
    close_class(world.december_class, by=world.minh)
    minh.client.set_cookie("language", "en")  # A paper of the office stays Vietnamese.
    after = " ".join(texts(minh.get(url).response.data))

    assert "1 Nông Thị Lan 1991 Báo Cao Bằng 3/3 87,5 Đạt" in after
    assert "Danh sách có 1 người; đạt: 1 người." in after
    assert "Kèm theo Quyết định số 412/QĐ-SVHTTDL ngày 26/11/2026" in after


def test_a_file_lists_what_is_in_it_and_keeps_the_register_for_those_who_read_all_of_it(
        world, browse, monkeypatch):
    it_is(monkeypatch, SECOND)
    held(world.december_class, by=world.minh)
    close_class(world.december_class, by=world.minh)

    trainers, officers = opened(browse(world.minh), world), opened(browse(world.an), world)

    common = ["00-muc-luc.pdf", "01-diem-danh.pdf", "02-hoc-vien.xlsx", "03-ket-qua.pdf"]
    assert trainers.namelist() == [*common, "04-danh-gia.xlsx"]
    # The letters of whoever arranges the class stand between, as Word files.
    assert [name[3:] for name in officers.namelist() if not name.endswith(".docx")] == [
        *(name[3:] for name in common), "danh-gia.xlsx", "so-cap-chung-nhan.pdf"]
    contents = " ".join(texts(officers.read("00-muc-luc.pdf")))
    assert "MỤC LỤC HỒ SƠ LỚP" in contents
    assert all(name in contents for name in officers.namelist()[1:])
    assert "Hồ sơ có 10 tài liệu." in contents


def test_a_file_of_a_class_that_has_not_begun_holds_what_there_is(world, browse):
    names = opened(browse(world.minh), world).namelist()

    assert names[:2] == ["00-muc-luc.pdf", "01-diem-danh.pdf"]
