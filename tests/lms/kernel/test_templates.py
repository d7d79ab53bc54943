"""Templates speak the language of the reader, and what fills their gaps is escaped."""
from decimal import Decimal

import pytest
from jinja2 import DictLoader
from markupsafe import Markup, escape

from lms.kernel import build_cache, templates
from lms.kernel.i18n import in_template, in_template_plural, language, speaking
from lms.kernel.templates import Templates, flat

PAGE = """{{ _("Courses") }} {{ _("Done %(done)s of %(all)s steps", done=done, all=2) }}
{{ ngettext("%(num)s step", "%(num)s steps", done) }} {{ language_in_force() }} {{ _(word) }}"""


@pytest.fixture(autouse=True)
def folder(tmp_path, monkeypatch):
    """What is compiled here is kept apart."""
    monkeypatch.setattr(build_cache, "FOLDER", tmp_path)
    return tmp_path


class Nobody:
    """As much of an application as an environment of templates asks for."""

    def create_global_jinja_loader(self):
        """The one template there is."""
        return DictLoader({"page.html": PAGE})


def shown(code, **values):
    """The page in the language ``code``."""
    environment = Templates(Nobody(), autoescape=True)
    environment.globals.update(_=in_template, ngettext=in_template_plural,
                               language_in_force=language)
    with speaking(code):
        return environment.get_template("page.html").render(word="Courses", **values)


def test_a_page_in_vietnamese_has_its_words_in_it():
    assert shown("vi", done=1) == "Khóa học Xong 1 trên 2 mục\n1 mục vi Khóa học"


def test_a_page_in_english_counts_as_english_does():
    assert shown("en", done=1) == "Courses Done 1 of 2 steps\n1 step en Courses"
    assert shown("en", done=2) == "Courses Done 2 of 2 steps\n2 steps en Courses"


@pytest.mark.parametrize("code, steps", [("vi", "Xong 1.000 trên 2 mục\n1.000 mục"),
                                         ("en", "Done 1,000 of 2 steps\n1,000 steps")])
def test_a_count_has_the_separators_of_the_language(code, steps):
    assert steps in shown(code, done=1000)


def test_what_fills_a_gap_is_escaped():
    assert shown("vi", done="<b>").splitlines()[0] == "Khóa học Xong &lt;b&gt; trên 2 mục"


def test_a_compiled_page_is_found_again_until_the_words_change(folder, monkeypatch):
    before = shown("vi", done=1)
    kept = {path: path.stat().st_mtime_ns for path in folder.iterdir()}

    assert shown("vi", done=1) == before
    assert {path: path.stat().st_mtime_ns for path in folder.iterdir()} == kept

    monkeypatch.setattr(templates, "mark", lambda: "other words")
    assert shown("vi", done=1) == before
    assert {path: path.stat().st_mtime_ns for path in folder.iterdir()} != kept


def test_what_is_shown_is_escaped_whatever_it_is():
    things = ["A", "<b>", Markup("<i>"), 7, None, "1 < 2", Decimal("1.5"), True]

    assert [flat(thing) for thing in things] == [escape(thing) for thing in things] == [
        "A", "&lt;b&gt;", "<i>", "7", "None", "1 &lt; 2", "1.5", "True"]


#: A piece that depends on one value, and shows besides how often it was made.
PIECE = "{% kept key %}{{ _('Courses') }} {{ key }} {{ made() }}{% endkept %}"


def pieces(monkeypatch):
    """A function that shows the piece in a language with a key."""
    monkeypatch.setattr(Nobody, "create_global_jinja_loader",
                        lambda _self: DictLoader({"piece.html": PIECE}))
    environment, made_so_far = Templates(Nobody(), autoescape=True), []
    environment.globals.update(_=in_template)

    def made():
        made_so_far.append(True)
        return len(made_so_far)

    def piece(code, key):
        with speaking(code):
            return environment.get_template("piece.html").render(key=key, made=made)
    return piece


def test_a_kept_piece_is_made_once_for_each_value_in_each_language(monkeypatch):
    piece = pieces(monkeypatch)

    shown_ones = [piece(code, key) for code, key in (
        ("en", 1), ("en", 2), ("vi", 1), ("en", 1), ("vi", 1), ("en", 2))]

    assert shown_ones[:3] == ["Courses 1 1", "Courses 2 2", "Khóa học 1 3"]
    assert shown_ones[3:] == [shown_ones[0], shown_ones[2], shown_ones[1]]


def test_a_kept_piece_is_escaped_once(monkeypatch):
    piece = pieces(monkeypatch)

    assert [piece("en", "<b>") for _time in range(2)] == ["Courses &lt;b&gt; 1"] * 2
