"""Somebody at a real browser: opens pages, fills forms, presses buttons."""
import re
import shutil
import time
from urllib.parse import urlsplit

from lms.accounts.demo import PASSWORD

#: The same browser without the frame around its pages costs a third of the time of the whole.
CHROMIUM = shutil.which("chromium-headless-shell") or "/usr/bin/chromium"
#: A browser that talks to nobody but the server, on machines without a screen.
OPTIONS = ["--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking",
           "--disable-component-update", "--disable-sync"]

#: What a phone and a desk show of a page, in pixels.
PHONE, DESK = {"width": 360, "height": 740}, {"width": 1280, "height": 900}

#: Milliseconds a page may take; the machine of a test may be busy.
PATIENCE = 120_000


def chromium(playwright):
    """The browser of all visitors; each has a fresh profile in it."""
    return playwright.chromium.launch(executable_path=CHROMIUM, args=OPTIONS)


def until(page, answer):
    """Wait until ``answer()`` is true.  A page of ours lets no text be run as a script, so what the
    browser would ask again and again by itself is asked from here.
    """
    end = time.monotonic() + PATIENCE / 1000
    while not answer():
        assert time.monotonic() < end, "What was waited for did not come."
        page.wait_for_timeout(50)


def arrives(page, ending):
    """Wait until the ``page`` is at an address that has the ``ending``, a pattern, and is loaded.

    What the browser would wait for is one way there; a page that is led there twice at once, by the
    answer to its hand-in and by its clock, breaks the first one off.
    """
    until(page, lambda: re.search(ending, page.url))
    page.wait_for_load_state()


class Visitor:
    """A browser of one person, who has been nowhere yet; strangers have no ``username``."""

    def __init__(self, browser, address, username=None, **options):
        options = {"viewport": PHONE, "locale": "vi-VN", "reduced_motion": "reduce"} | options
        self.address = address
        self.context = browser.new_context(base_url=address, **options)
        self.context.set_default_timeout(PATIENCE)
        self.page = self.context.new_page()
        #: What the browser complained of; a journey ends without any complaint.
        self.complaints = []
        self.page.on("console", self._listen)
        self.page.on("pageerror", lambda error: self.complaints.append(str(error)))
        if username:
            self.sign_in(username)

    def _listen(self, message):
        if message.type in ("error", "warning"):
            self.complaints.append(f"{self.page.url}: {message.text}")

    def sign_in(self, username):
        """Come in by the form of the sign-in page."""
        self.open("/sign-in")
        self.page.get_by_role("textbox", name="Tên đăng nhập").fill(username)
        self.page.get_by_role("textbox", name="Mật khẩu").fill(PASSWORD)
        self.press("Đăng nhập")
        assert "/sign-in" not in self.page.url, self.text

    def open(self, url):
        """Open the page at ``url``, which must be there."""
        answer = self.page.goto(url)
        assert answer.ok, f"{url}: {answer.status}"

    def press(self, words):
        """Press the button, or follow the link, whose words begin with ``words``."""
        button = self.page.get_by_role("button", name=words)
        (button.or_(self.page.get_by_role("link", name=words))).first.click()
        self.page.wait_for_load_state()

    @property
    def path(self):
        """The address of the open page, without the server and the query."""
        return urlsplit(self.page.url).path

    @property
    def text(self):
        """The words of the page's main part, blanks folded."""
        return " ".join(self.page.inner_text("main").split())

    def links(self, pattern="a[href]"):
        """The addresses on the page that ``pattern`` finds, in their order, also in pictures.

        Each stands once.
        """
        return self.page.eval_on_selector_all(pattern, """all => [...new Set(
            all.map(a => new URL(a.getAttribute('href'), document.baseURI).href))]""")

    def leave(self):
        """Close the browser."""
        self.context.close()
