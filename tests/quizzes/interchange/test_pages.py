"""The pages on which questions come in and go out."""
import re
from html import unescape
from io import BytesIO
from zipfile import ZipFile

import pytest
from sqlalchemy import func, select

from lms.kernel import storage
from lms.kernel.audit import AuditEntry
from lms.kernel.db import db
from lms.kernel.sheets import Table, write_workbook

from quizzes.questions.interchange import moodle_xml_out, sheet_out
from quizzes.questions.interchange.queries import drafts_of
from quizzes.questions.kinds import KINDS
from quizzes.questions.models import Question
from tests.quizzes.interchange.drafts import sixty
from tests.statements import counted

FAULTY = "Một? {\n=a\n~b\n}\n\nHai? {\n=a\n~b\n\nBa? {\n~a\n~b\n}"


@pytest.fixture
def minh(browse, world):
    """Minh's browser; he teaches press law."""
    return browse(world.minh)


@pytest.fixture
def page(world):
    """The address of the page."""
    return f"/quizzes/courses/{world.press_law.id}/questions/import"


def count():
    """How many questions there are."""
    return db.session.scalar(select(func.count(Question.id)))


def fields_of(shown):
    """What the form of a preview sends: its hidden fields and its text."""
    fields = {field["name"]: field["value"] for field in shown.all("input")
              if field.get("type") == "hidden" and "name" in field}
    text = re.search(r"<textarea name=\"text\"[^>]*>\n(.*?)</textarea>", shown.response.text,
                     re.DOTALL)
    return fields | ({"text": unescape(text[1])} if text else {})


def send(browser, page, content, name="cau-hoi.gift", **more):
    """Send a file."""
    return browser.post(page, {"file": (BytesIO(content.encode()), name), **more}, status=200,
                        content_type="multipart/form-data")


def test_a_file_with_two_mistakes_is_mended_on_the_page_and_taken_in(minh, page, world):
    before = count()
    minh.get(page)
    shown = send(minh, page, FAULTY)
    assert [tag["id"] for tag in shown.all("li") if "id" in tag] == ["line-6", "line-10"]
    assert {tag["href"] for tag in shown.all("a")} >= {"#line-6", "#line-10"}
    assert not [button for button in shown.all("button") if "formaction" in button]

    mended = fields_of(shown)["text"].replace("~b\n\nBa", "~b\n}\n\nBa").replace(
        "Ba? {\n~a", "Ba? {\n=a")
    again = minh.post(page, fields_of(shown) | {"text": mended, "key": "gift"}, status=200)
    taking, same = [button for button in again.all("button") if "formaction" in button]
    assert taking == same
    assert count() == before
    done = minh.post(taking["formaction"], fields_of(again) | {"key": "gift"})

    assert count() == before + 3
    assert "3 câu hỏi" in minh.follow(done).text
    assert [draft.stem_vi for draft in drafts_of(world.press_law)][-3:] == [
        "Một?", "Hai?", "Ba?"]


def test_questions_are_shown_as_the_trainee_sees_them_with_their_key(minh, page):
    shown = send(minh, page, "Một? {=đúng ~sai}\n\nHai {T}\n\nBa? {=x}\n\n"
                             "Bốn {=a -> b =c -> d}\n\nNăm {~%50%m ~%50%n ~o}")

    assert [field.get("type") for field in shown.all("input")
            if field.get("name", "").endswith("-a")] == [
        "radio", "radio", "radio", "radio", None, "checkbox", "checkbox", "checkbox"]
    assert "a – b; c – d" in shown.text


def test_every_kind_the_bank_has_is_shown_and_taken_in(minh, page, world):
    drafts = [draft for draft in sheet_out.examples() if draft.kind in KINDS]
    content = moodle_xml_out.write(drafts).content.decode()

    shown = send(minh, page, content, "cau-hoi.xml")
    minh.post(f"{page}/confirmation", fields_of(shown) | {"key": "moodle-xml"})

    assert len([tag for tag in shown.all("div") if tag.get("class") == "question"]) == len(drafts)
    assert [(d.kind, d.stem_vi, len(d.options)) for d in drafts_of(world.press_law)][4:] == [
        (d.kind, d.stem_vi, len(d.options)) for d in drafts]


def test_what_has_not_been_looked_at_is_not_taken(minh, page):
    before = count()
    shown = send(minh, page, "Một {T}")

    changed = minh.post(f"{page}/confirmation", fields_of(shown) | {
        "text": "Một {T}\n\nHai {F}", "key": "gift"}, status=200)
    assert count() == before

    minh.post(f"{page}/confirmation", fields_of(changed) | {"key": "gift"})
    assert count() == before + 2


def test_a_text_with_a_fault_is_not_taken_whatever_the_form_says(minh, page):
    before = count()
    shown = send(minh, page, FAULTY)

    minh.post(f"{page}/confirmation", fields_of(shown) | {"key": "gift"}, status=200)

    assert count() == before


def test_each_question_taken_in_leaves_its_trace(minh, page):
    shown = send(minh, page, "Một {T}\n\nHai {F}")
    before = db.session.scalar(select(func.count(AuditEntry.id)))

    minh.post(f"{page}/confirmation", fields_of(shown) | {"key": "gift"})

    assert db.session.scalar(select(func.count(AuditEntry.id))) == before + 2


def test_a_workbook_is_kept_between_looking_and_taking(minh, page):
    before = count()
    template = minh.get(f"{page}/template.xlsx").response
    assert template.mimetype.endswith("spreadsheetml.sheet")
    content = sheet_out.write(sixty()[:5]).content

    shown = minh.post(page, {"file": (BytesIO(content), "de.xlsx")}, status=200,
                      content_type="multipart/form-data")
    assert ("text" in fields_of(shown), count()) == (False, before)
    minh.post(f"{page}/confirmation", fields_of(shown))

    assert count() == before + 5


def test_pasted_text_does_as_well_as_a_file(minh, page):
    shown = minh.post(page, {"text": "Một?\r\nA) a\r\nB) b\r\nANSWER: B"}, status=200)

    assert fields_of(shown)["text"] == "Một?\nA) a\nB) b\nANSWER: B"
    assert "Aiken" in shown.text


def test_nothing_sent_is_told(minh, page):
    assert minh.post(page, {}, status=409).text


@pytest.mark.parametrize("content", ["", "\x00\x01\x02", "<quiz>", "<a/>", "no question"])
def test_any_file_gives_a_page_that_says_what_to_do(minh, page, content):
    before = count()

    send(minh, page, content)

    assert count() == before


def test_script_of_a_stranger_is_only_words(minh, page):
    shown = send(minh, page, "<script>alert(1)</script>Một <b>hai</b>? {=<img src\\=x> a ~b}")

    outside = re.sub(r"<textarea.*?</textarea>", "", shown.response.text, flags=re.DOTALL)
    assert ("<script>alert" in shown.response.text, "<img src=x" in outside) == (False, False)


def test_a_long_file_is_shown_in_parts(minh, page):
    shown = send(minh, page, "\n\n".join(f"Câu {n} {{T}}" for n in range(120)))
    assert len([tag for tag in shown.all("div") if tag.get("class") == "question"]) == 50

    last = minh.post(page, fields_of(shown) | {"key": "gift", "page": "3"}, status=200)

    assert len([tag for tag in last.all("div") if tag.get("class") == "question"]) == 20


def test_a_long_file_is_taken_in_or_turned_over_above_its_questions_and_below_them(minh, page):
    shown = send(minh, page, "\n\n".join(f"Câu {n} {{T}}" for n in range(120))).response.text
    first, last = shown.index('class="question"'), shown.rindex('class="question"')

    for button in ("formaction=", 'name="page"'):
        places = [found.start() for found in re.finditer(button, shown)]
        assert [place < first for place in places] == [True, False]
        assert places[1] > last


def test_the_preview_costs_the_same_for_three_questions_and_for_three_hundred(minh, page):
    costs = []
    for number in (3, 300):
        with counted() as statements:
            send(minh, page, "\n\n".join(f"Câu {n} {{T}}" for n in range(number)))
        costs.append(len(statements))

    assert costs[0] == costs[1]


def test_the_bank_leads_to_both_pages_and_goes_out_as_a_file(minh, world, page):
    bank = minh.get(f"/quizzes/courses/{world.press_law.id}/questions")
    assert page in bank.links.values()

    out = minh.get(page.replace("import", "export") + "?key=gift")
    [file] = [link for link in out.links.values() if "/file" in link]
    answer = minh.get(file)

    assert answer.response.mimetype == "text/plain"
    again = send(minh, page, answer.response.text)
    assert "4 câu hỏi" in again.text


def test_what_a_file_cannot_hold_is_listed_before_it_is_downloaded(minh, world, page):
    shown = minh.get(page.replace("import", "export") + "?key=gift")

    assert "P2" in shown.text


def test_no_picture_of_elsewhere_is_asked_for_and_its_words_stand_for_it(minh, page):
    shown = send(minh, page, '[html]<p>Nhìn <img alt\\="cờ > đỏ" src\\="https\\://x.y/a.png"> và '
                             '<img src\\="../b.png"></p> {T}')

    assert shown.all("img") == []
    assert "Nhìn [Hình: cờ > đỏ] và [Hình: ?]" in shown.text


def test_faults_that_say_the_same_of_a_file_are_told_together(minh, page):
    content = write_workbook([Table("Đề", ("Câu hỏi", "A", "B", "Đáp án"), [
        (f"Câu {n}?", "a", "b", "C") for n in range(3)])])

    shown = minh.post(page, {"file": (BytesIO(content), "de.xlsx")}, status=200,
                      content_type="multipart/form-data")

    assert "“Đề”, dòng 2, “Đề”, dòng 3, “Đề”, dòng 4 Không có phương án “C”" in shown.text


def test_of_a_workbook_with_macros_the_questions_are_taken_and_the_macros_are_not_kept(
        minh, page, world):
    before, buffer = count(), BytesIO(sheet_out.write(sixty()[:3]).content)
    with ZipFile(buffer, "a") as made:
        made.writestr("xl/vbaProject.bin", b"\xd0\xcf Sub AutoOpen()")
    shown = minh.post(page, {"file": (BytesIO(buffer.getvalue()), "de.xlsm")}, status=200,
                      content_type="multipart/form-data")

    kept = storage.with_fingerprint(fields_of(shown)["kept"])
    minh.post(f"{page}/confirmation", fields_of(shown))

    assert (kept.name, count() - before) == ("de.xlsx", 3)
    with ZipFile(kept.path) as made:
        assert [name for name in made.namelist() if "vba" in name] == []


@pytest.mark.parametrize("key", ["", "xlsx", "docx"])
def test_an_old_workbook_is_told_how_to_become_one_of_today(minh, page, key):
    content = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "Workbook".encode("utf-16-le") * 40

    shown = minh.post(page, {"file": (BytesIO(content), "de.xls"), "key": key}, status=200,
                      content_type="multipart/form-data")

    assert "Đây là tệp Excel đời cũ" in shown.text


def test_a_list_with_separators_is_kept_between_looking_and_taking(minh, page, world):
    before = count()
    shown = send(minh, page, "Câu hỏi;A;B;Đáp án\nThủ đô?;Huế;Hà Nội;B\n", "de.csv")

    minh.post(f"{page}/confirmation", fields_of(shown))

    assert count() == before + 1
