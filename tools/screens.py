"""``python -m tools.screens``: the pictures of ``docs/screens``, of the demonstration."""
import tempfile
from pathlib import Path

from playwright.sync_api import sync_playwright

from tests.journeys.server import Province, Server
from tests.journeys.visitor import DESK, PHONE, Visitor

FOLDER = Path(__file__).resolve().parent.parent / "docs" / "screens"
CHROMIUM = "/usr/bin/chromium"

#: File, who looks, at what, on what.
PICTURES = (
    ("matrix", "an.lh", "/province", DESK),
    ("my-work", "pao.va", "/my-work", PHONE),
)


def main():
    """Take every picture anew."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        server = Server(Province(Path(folder)), "screens")
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        for name, username, url, size in PICTURES:
            visitor = Visitor(browser, server.url, username, viewport=size)
            visitor.open(url)
            visitor.page.screenshot(path=FOLDER / f"{name}.png")
            visitor.context.close()
        browser.close()
        server.stop()


if __name__ == "__main__":
    main()
