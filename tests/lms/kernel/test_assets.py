"""Styles, scripts and fonts come once to a browser, and again only when they have changed."""
import gzip
import re

import pytest

from lms.kernel import assets
from lms.kernel.assets import FOREVER, STATIC, asset_url, stylesheet, version_of


def test_the_stylesheet_is_one_file_that_begins_with_the_colours_and_has_no_remarks():
    text = stylesheet().decode()

    assert text.startswith(":root {")
    assert "/*" not in text


def test_every_style_of_ours_is_in_the_stylesheet():
    assert {path.stem for path in (STATIC / "css").glob("*.css")} == set(assets.SHEETS)


def test_the_stylesheet_is_small_enough_for_a_slow_line():
    assert len(gzip.compress(stylesheet(), 6)) < 12_000


def test_every_font_the_styles_name_is_there_with_its_version():
    fonts = re.findall(r"url\(\.\./(fonts/[^)?]+)\?v=(\w{8})\)", stylesheet().decode())

    assert len(fonts) == stylesheet().count(b"url(") == 6
    assert [version for _, version in fonts] == [version_of(path) for path, _ in fonts]


@pytest.mark.parametrize("path", ["css/all.css", "js/start.js", "icon.svg"])
def test_an_asset_whose_address_names_its_version_is_kept_for_good(path, app, browse):
    with app.test_request_context():
        address = asset_url(path)

    answer = browse().client.get(address, buffered=True)

    assert answer.status_code == 200
    assert answer.headers["Cache-Control"] == FOREVER


@pytest.mark.parametrize("address", ["/static/icon.svg", "/static/icon.svg?v=00000000"])
def test_an_asset_without_its_present_version_is_asked_for_again(address, browse):
    assert browse().client.get(address, buffered=True).headers["Cache-Control"] == "no-cache"


def test_all_scripts_change_their_version_when_one_of_them_changes(tmp_path, monkeypatch):
    (tmp_path / "js").mkdir()
    (tmp_path / "js" / "start.js").write_text("import('./copy.js' + version)")
    (tmp_path / "js" / "copy.js").write_text("old")
    monkeypatch.setattr(assets, "STATIC", tmp_path)
    version_of.cache_clear()

    before = version_of("js/start.js")
    (tmp_path / "js" / "copy.js").write_text("new")
    version_of.cache_clear()
    after = version_of("js/start.js")

    version_of.cache_clear()
    assert before != after


def test_a_script_names_those_it_takes_from_with_their_version(app, browse):
    with app.test_request_context():
        address = asset_url("js/exam.js")

    text = browse().client.get(address).get_data(as_text=True)

    taken = re.findall(r'from "\./([^"]+)"', text)
    assert f"outbox.js?v={version_of('js/outbox.js')}" in taken
    assert [one for one in taken if not one.endswith(f".js?v={version_of('js/exam.js')}")] == []


def test_a_script_that_is_not_there_is_missing(browse):
    assert browse().client.get("/static/js/none.js").status_code == 404


def test_every_behaviour_a_page_asks_for_has_its_script():
    asked = set()
    for folder in ("lms", "courses", "quizzes", "certificates"):
        for path in (STATIC.parent.parent / folder).rglob("templates/**/*.html"):
            text = path.read_text(encoding="utf-8")
            for names in re.findall(r'data-uses(?:="|": ")([\w ]+)"', text):
                asked |= set(names.split())

    scripts = {path.stem for path in (STATIC / "js").glob("*.js")} - {"start"}
    assert asked - scripts == set()
