"""Questions in and out at the terminal."""
import json
import unicodedata
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile

import pytest
from sqlalchemy import func, select

from lms.kernel.db import db
from lms.kernel.i18n import speaking

from quizzes.questions.interchange import gift_out
from quizzes.questions.interchange.queries import drafts_of
from quizzes.questions.models import Question
from tests.lms.kernel.test_legacy import in_tcvn3
from tests.quizzes.interchange.drafts import sixty

GOOD = "Một? {=a ~b}\n\nHai {T}\n\nBa {=x =y}"
FAULTY = "Một? {=a ~b}\n\nHai {=a\n\nBa {~a ~b}"


@pytest.fixture
def run(app, world):
    """A command typed at the terminal, in English."""
    def type_in(*words):
        with speaking("en"):
            return app.test_cli_runner().invoke(args=["quizzes", *map(str, words)])
    return type_in


@pytest.fixture
def file(tmp_path):
    """A file with some content."""
    def make(content, name="questions.gift"):
        path = tmp_path / name
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return path
    return make


def count():
    """How many questions there are."""
    return db.session.scalar(select(func.count(Question.id)))


def test_what_would_happen_is_printed_as_json_with_exactly_these_names(run, file):
    before = count()

    result = run("import", file(GOOD), "--dry-run", "--json")

    assert (result.exit_code, json.loads(result.stdout)) == (0, {
        "questions": 3, "by_kind": {"single": 1, "truefalse": 1, "short": 1}, "faults": []})
    assert count() == before


def test_questions_are_taken_into_the_bank(run, file, world):
    before = count()

    result = run("import", file(GOOD), "--bank", "press", "--format", "gift")

    assert (result.exit_code, count()) == (0, before + 3)
    assert [draft.stem_vi for draft in drafts_of(world.press_law)][-3:] == ["Một?", "Hai", "Ba"]


def test_one_fault_keeps_everything_out(run, file):
    before = count()

    result = run("import", file(FAULTY), "--bank", "Luật Báo chí", "--json")

    assert result.exit_code == 1
    assert json.loads(result.stdout)["faults"] == [
        {"at": "line 3", "why": "The brace { is not closed before the next empty line. Write } "
                                "behind the last answer, and no empty line between."},
        {"at": "line 5", "why": "No option is marked as right. Mark the right ones."}]
    assert count() == before


def test_a_question_that_the_bank_has_already_is_pointed_out(run, file):
    result = run("import", file("Luật Báo chí mang số nào? {=x}\n\nluật báo chí mang số nào {T}\n\n"
                                "Luật báo chí mang số nào? {F}"),
                 "--dry-run", "--bank", "PRESS", "--json")

    assert [line.partition(":")[0] for line in result.stderr.splitlines()] == ["line 1", "line 5"]


def test_without_a_bank_the_file_is_only_looked_at(run, file):
    before = count()

    result = run("import", file(GOOD), "--json")

    assert (result.exit_code, json.loads(result.stdout)["questions"], count()) == (0, 3, before)
    assert "--bank" in result.stderr


@pytest.mark.parametrize("words, said", [
    (["--bank", "NOWHERE"], "There is no course"),
    (["--format", "moodle-xml", "--bank", "PRESS"], "XML is broken")])
def test_a_mistake_at_the_terminal_is_told(run, file, words, said):
    result = run("import", file(GOOD), *words)

    assert (result.exit_code > 0, said in result.output) == (True, True)


@pytest.mark.parametrize("content", [
    b"\x00\x01\x02\x03", "Một bài viết bình thường.\n\nKhông hỏi gì.",
    "Câu 1: Ai?\nA. Tôi\nB. Anh\nAnh ấy."])
def test_a_file_that_is_none_of_the_kinds(run, file, content):
    result = run("import", file(content, "x.docx"), "--dry-run", "--json")

    assert (result.exit_code, len(json.loads(result.stdout)["faults"])) == (1, 1)


def test_a_bank_that_is_not_there_is_a_fault_in_json_too(run, file):
    result = run("import", file(GOOD), "--bank", "NOWHERE", "--json")

    assert (result.exit_code, json.loads(result.stdout)["faults"]) == (1, [
        {"at": "--bank", "why": "There is no course with the code or title “NOWHERE”."}])


def test_a_place_that_cannot_be_written_is_told_in_a_sentence(run, world, tmp_path):
    result = run("export", tmp_path / "nowhere" / "bank.gift", "--bank", "PRESS")

    assert (result.exit_code, "cannot be written" in result.stderr) == (1, True)


def test_xml_is_no_gift_even_if_it_is_called_so(run, file):
    result = run("import", file("<quiz><question type='essay'/></quiz>"), "--format", "gift",
                 "--dry-run", "--json")

    assert (result.exit_code, len(json.loads(result.stdout)["faults"])) == (1, 1)


@pytest.mark.parametrize("content, name, kinds", [
    ("Câu hỏi;A;B;Đáp án\nAi?;tôi;anh;A\n", "a.csv", {"single": 1}),
    ("Đọc kỹ.", "a.gift", {"description": 1}), ("::Đọc::Đọc kỹ.", "a.txt", {"description": 1}),
    ("Câu 1: Ai?\nA. Tôi {tôi}\nB. Anh\nĐáp án: A", "a.txt", {"single": 1}),
    ("Answer: ai {=a ~b}", "a.txt", {"single": 1})])
def test_a_text_is_known_by_what_it_holds_and_then_by_its_name(run, file, content, name, kinds):
    result = run("import", file(content, name), "--dry-run", "--json")

    assert (result.exit_code, json.loads(result.stdout)["by_kind"]) == (0, kinds)


@pytest.mark.parametrize("name", ["bank.gift", "bank.xml"])
def test_a_bank_goes_out_and_comes_in_again(run, world, tmp_path, name):
    path = tmp_path / name
    before = drafts_of(world.press_law)

    out = run("export", path, "--bank", "PRESS")
    back = run("import", path, "--bank", "KIT")

    assert (out.exit_code, back.exit_code) == (0, 0)
    assert [vars(draft) | {"key": ""} for draft in drafts_of(world.kit)] == [
        vars(draft) | {"key": ""} for draft in before]


def test_the_sixty_questions_are_taken_in(run, file, world):
    result = run("import", file(gift_out.write(sixty()).content), "--bank", "KIT", "--json")

    assert json.loads(result.stdout)["by_kind"] == {
        "single": 33, "multiple": 8, "truefalse": 8, "short": 4, "matching": 3, "ordering": 4}
    assert len(drafts_of(world.kit)) == 60


def test_pictures_that_no_file_holds_and_formulas_are_told(run, file):
    gift = ('[html]<p>Nhìn <img src\\="@@PLUGINFILE@@/a.png" alt\\="cờ"></p> {T}\n\n'
            "Tính $$x^2$$ {~b =c}")
    moodle = ("<quiz><question type='essay'><questiontext><text>&lt;img src='https://x.y/b.png' "
              "alt='b'&gt; rồi viết</text></questiontext></question></quiz>")

    notes = [run("import", file(content), "--dry-run", "--json").stderr.splitlines()
             for content in (gift, moodle)]

    assert [[line.split(": ")[1] for line in told] for told in notes] == [
        ["A picture or a recording is not in the file and is left out",
         "A formula is taken as plain signs. Look at the question."],
        ["A picture or a recording is not in the file and is left out"]]


def test_the_difficulty_comes_in_and_goes_out(run, file, world, tmp_path):
    run("import", file("// [difficulty:3]\nMột {T}\n\nHai {F}"), "--bank", "press")

    assert [draft.difficulty for draft in drafts_of(world.press_law)][-2:] == [3, 2]
    run("export", tmp_path / "b.gift", "--bank", "press")
    assert (tmp_path / "b.gift").read_text(encoding="utf-8").count("[difficulty:3]") == 1


VIETNAMESE = "Thủ đô nước ta ở đâu? {=Hà Nội ~Huế}\n\nCao Bằng giáp Trung Quốc, đúng không? {T}\n"


def windows_1258():
    """The questions as Windows wrote Vietnamese: marks behind the letters."""
    whole = "âăêôơưđÂĂÊÔƠƯĐ"
    parts = []
    for letter in VIETNAMESE:
        base, *marks = unicodedata.normalize("NFD", letter)
        shape = next((mark for mark in marks if unicodedata.normalize("NFC", base + mark) in whole),
                     "")
        parts.append(unicodedata.normalize("NFC", base + shape)
                     + "".join(mark for mark in marks if mark != shape))
    return "".join(parts).encode("cp1258")


@pytest.mark.parametrize("content", [
    VIETNAMESE.encode(), b"\xef\xbb\xbf" + VIETNAMESE.encode(), VIETNAMESE.encode("utf-16"),
    VIETNAMESE.encode("utf-16-be"), windows_1258(),
    in_tcvn3(VIETNAMESE).encode("latin-1")])
def test_questions_in_any_charset_are_the_same(run, file, world, content):
    result = run("import", file(content), "--bank", "KIT", "--json")

    assert json.loads(result.stdout) == {
        "questions": 2, "by_kind": {"single": 1, "truefalse": 1}, "faults": []}
    assert [draft.stem_vi for draft in drafts_of(world.kit)] == [
        "Thủ đô nước ta ở đâu?", "Cao Bằng giáp Trung Quốc, đúng không?"]


def archive(**parts):
    """A .zip with parts, by names whose dots are written __ and whose slashes _in_."""
    buffer = BytesIO()
    with ZipFile(buffer, "w", ZIP_DEFLATED) as packed:
        for name, content in parts.items():
            packed.writestr(name.replace("__", ".").replace("_in_", "/"), content)
    return buffer.getvalue()


BLANKS = b" " * (130 * 1024 * 1024)


@pytest.mark.parametrize("content, words, said", [
    (b"", (), "The file is empty."), (b" \n\n", (), "The file is empty."),
    (b"x" * (21 * 1024 * 1024), (), "The file is too large."),
    (bytes(range(256)), (), "No questions were found"),
    (GOOD.encode(), ("--format", "docx"), "This is no Word document"),
    (GOOD.encode(), ("--format", "qti"), "The XML is broken"),
    (GOOD.encode(), ("--format", "pdf"), "No kind of file is called “pdf”."),
    (archive(imsmanifest__xml="<manifest/>", **{"../../evil.xml": "<item/>"}), (),
     "The package is damaged, or its names lead out of it."),
    (archive(word_in_document__xml=BLANKS), (), "The file is too large."),
    (archive(imsmanifest__xml="<manifest/>", a__xml=BLANKS), (), "The package holds more"),
    (archive(xl_in_workbook__xml=BLANKS), (), "The file is too large."),
    (b"PK\x03\x04 torn", (), "No questions were found")])
def test_a_file_that_cannot_be_read_is_one_sentence(run, file, content, words, said):
    before = count()

    result = run("import", file(content, "x"), "--bank", "KIT", "--json", *words)
    [fault] = json.loads(result.stdout)["faults"]

    assert (result.exit_code, fault["why"].startswith(said), fault["at"] != "", count()) == (
        1, True, True, before)


def test_a_file_that_is_not_there_is_one_sentence(run, tmp_path):
    missing = run("import", tmp_path / "none.gift", "--bank", "KIT", "--json")
    folder = run("import", tmp_path, "--bank", "KIT")

    assert (missing.exit_code, json.loads(missing.stdout)["faults"]) == (1, [
        {"at": "none.gift", "why": "The file is not there. Look at its name and folder."}])
    assert (folder.exit_code, "cannot be opened" in folder.stderr) == (1, True)
