"""The page of a running test names all its scripts at once, so that none waits for another."""
import re
from pathlib import Path

from lms.kernel.assets import STATIC, asset_url

#: A script loaded by its name, or several by a list of theirs.
LOADED = re.compile(r"import\(`\./\$?\{?(\w+)\}?\.js"
                    r'|\[("[\w", \n]+")\]\s*\.map\(\(name\) => import')


def led_to(name):
    """The script ``name`` and all that it has loaded, directly or by another."""
    found, ahead = set(), [name]
    while ahead:
        one = ahead.pop()
        if one not in found:
            found.add(one)
            text = Path(STATIC / "js" / f"{one}.js").read_text(encoding="utf-8")
            for single, several in LOADED.findall(text):
                ahead += re.findall(r"\w+", several) or ([single] if single != "name" else [])
    return found


def test_the_page_asks_for_all_its_scripts_before_it_runs_the_first(world, browse, app):
    page = browse(world.lan).get(f"/quizzes/attempts/{world.running.id}/0")

    asked = {link["href"] for link in page.all("link") if link.get("rel") == "modulepreload"}
    with app.test_request_context():
        assert asked == {asset_url(f"js/{name}.js") for name in led_to("exam") | led_to("flags")}
    assert len(asked) > 10
