"""Pictures of the main pages for ``docs/screens``, taken from the demonstration province."""
import re
import subprocess
import sys
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory

from PIL import Image
from playwright.sync_api import sync_playwright

from tests.journeys.errands import answer_rightly, send_list
from tests.journeys.server import Province, Server
from tests.journeys.visitor import DESK, Visitor, chromium

PLACE = Path(__file__).resolve().parent.parent / "docs" / "screens"
#: Few colours are on a page, so few are kept; dots for smooth edges would only cost space.
COLOURS = 64


class Album:
    """The pictures, each under its name; ``visit(username)`` has them taken on a phone."""

    def __init__(self, browser, address):
        self.browser, self.address = browser, address

    def visit(self, username=None, **options):
        """Somebody's phone, with a screen as sharp as phones have them."""
        return Visitor(self.browser, self.address, username,
                       **{"device_scale_factor": 2} | options)

    def at_desk(self, username):
        """Somebody's screen at a desk."""
        return self.visit(username, viewport=DESK, device_scale_factor=1)

    def take(self, name, visitor):
        """Keep what the visitor sees."""
        visitor.page.wait_for_load_state("networkidle")
        self.keep(name, visitor.page.screenshot())

    def keep(self, name, picture):
        """Keep a picture with few colours."""
        with Image.open(BytesIO(picture)) as image:
            small = image.convert("RGB").quantize(COLOURS, dither=Image.Dither.NONE)
            small.save(PLACE / f"{name}.png", optimize=True)


def learning(album):
    """What a trainee sees, from the door to the certificate."""
    trainee = album.visit()
    trainee.open("/sign-in")
    album.take("sign-in", trainee)
    trainee.sign_in("pao.va")
    trainee.open("/my-work")
    album.take("my-work", trainee)
    trainee.open("/certificates")
    trainee.open(trainee.links("main a[href*='/certificates/']:not([href$='.pdf'])")[0])
    paper = trainee.context.request.get(trainee.links("a[href$='.pdf']")[0])
    album.keep("certificate", picture_of(paper.body()))
    trainee.open(trainee.links("a[href*='/c/']")[0])
    album.take("verify", trainee)


def picture_of(paper):
    """The first page of a PDF as a picture."""
    command = ["pdftoppm", "-r", "96", "-png", "-singlefile", "-"]
    return subprocess.run(command, input=paper, capture_output=True,  # noqa: S603 - as written
                          check=True).stdout


def teaching(album):
    """What a trainer sees who also learns: a course, its test, a session, a draft."""
    trainer = album.visit("an.tv")
    trainer.open("/my-work")
    trainer.press("Bắt đầu học")
    trainer.press("Xong")
    trainer.press("Về mục lục")
    album.take("course", trainer)
    trainer.press("Bài kiểm tra cuối khóa")
    trainer.press("Bắt đầu làm bài")
    answer_rightly(trainer)
    trainer.page.get_by_text(re.compile(r"^Đã lưu \d\d:\d\d:\d\d$")).wait_for()
    album.take("question", trainer)
    trainer.open("/today")
    trainer.press("Điểm danh")
    album.take("attendance", trainer)
    author = album.at_desk("an.tv")
    author.open("/catalogue")
    author.press("Kiến thức cơ bản về quyền con người")
    author.press("Sửa các mục")
    album.take("draft", author)
    author.press("Quyền con người là gì")
    album.take("editor", author)


def following(album):
    """What those see who answer for figures: a unit, the province, the people, a class, a list."""
    contact = album.at_desk("ha.bv")
    contact.open("/my-unit")
    album.take("unit", contact)
    contact.open(contact.links("a[href*='status=within_time']")[0])
    contact.press("tất cả")
    album.take("people", contact)
    officer = album.at_desk("an.lh")
    officer.open("/province")
    album.take("matrix", officer)
    officer.open("/classes?q=L2026-19")
    officer.open(officer.links("th a[href*='/classes/']")[0])
    album.take("class", officer)
    send_list(officer)
    album.take("import", officer)


def main():
    """Build the province, walk through it, keep the pictures."""
    PLACE.mkdir(parents=True, exist_ok=True)
    with TemporaryDirectory() as folder, sync_playwright() as playwright:
        server = Server(Province(Path(folder)), "screens")
        album = Album(chromium(playwright), server.url)
        for part in (learning, teaching, following):
            part(album)
        album.browser.close()
        server.stop()
    sizes = [picture.stat().st_size for picture in PLACE.glob("*.png")]
    sys.stdout.write(f"{len(sizes)} pictures in docs/screens, {sum(sizes) // 1000} kB\n")


if __name__ == "__main__":
    main()
