"""The page of a running test names all its scripts at once, so that none waits for another."""
import re
from pathlib import Path

from lms.kernel.assets import STATIC, asset_url

#: A script that another one takes from.
TAKEN = re.compile(r'from "\./(\w+)\.js"')


def led_to(name):
    """The script ``name`` and all that it takes from, directly or by another."""
    found, ahead = set(), [name]
    while ahead:
        one = ahead.pop()
        if one not in found:
            found.add(one)
            ahead += TAKEN.findall(Path(STATIC / "js" / f"{one}.js").read_text(encoding="utf-8"))
    return found


def test_the_page_asks_for_all_its_scripts_before_it_runs_the_first(world, browse, app):
    page = browse(world.lan).get(f"/quizzes/attempts/{world.running.id}/0")

    asked = {link["href"] for link in page.all("link") if link.get("rel") == "modulepreload"}
    with app.test_request_context():
        assert asked == {asset_url(f"js/{name}.js") for name in led_to("exam") | led_to("flags")}
    assert len(asked) > 10
