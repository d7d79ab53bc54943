"""Somebody in the middle of a test at a browser: the badge, the notes, what the server holds."""
import re

SAVED = re.compile(r"^Đã lưu \d\d:\d\d:\d\d$")
#: What a browser says of a line that is cut or of an answer that is no success; not a fault.
OF_THE_LINE = ("ERR_INTERNET_DISCONNECTED", "Failed to load resource", "net::ERR_FAILED")
#: The last event of each slot that the server holds, asked by the page of somebody signed in.
ASK = "async (url) => (await fetch(url, {headers: {'Content-Type': 'application/json'}})).json()"


class Exam:
    """A trainee in the middle of a test; ``door`` is where it begins, for those who know."""

    def __init__(self, visitor, door=None):
        self.visitor, self.page = visitor, visitor.page
        self.page.set_default_timeout(10_000)
        if door:
            visitor.open(door)
        else:
            visitor.open("/my-work")
            visitor.press("Xem mục lục")
            visitor.press("Bài kiểm tra cuối khóa")
        self.door = visitor.path
        visitor.press(re.compile("Bắt đầu làm bài|Làm tiếp|Làm lại"))
        # What is cut off later is the line, not the scripts that are on their way.
        self.page.wait_for_load_state("networkidle")
        self.key = int(re.search(r"/attempts/(\d+)/", self.page.url)[1])

    @property
    def badge(self):
        """The words that say whether the answers are saved."""
        return self.page.locator(".save .status")

    @property
    def shown(self):
        """The question on the open page."""
        return self.page.locator("[data-slot]:not([hidden])")

    def choose(self, place):
        """Choose the option at ``place`` of the open question."""
        self.shown.locator("input:not([type=hidden])").nth(place).check()

    def chosen(self):
        """The places of the options chosen in the open question."""
        return self.shown.locator("input:not([type=hidden])").evaluate_all(
            "all => all.flatMap((input, place) => input.checked ? [place] : [])")

    def says(self, words):
        """Wait until the badge says ``words``."""
        self.badge.filter(has_text=words).wait_for()

    def note(self, name):
        """The note called ``name``, where it is seen."""
        return self.page.locator(f"[data-note={name}]:visible")

    def revisions(self, page=None):
        """How many events of each slot the server holds."""
        return (page or self.page).evaluate(ASK, f"/quizzes/attempts/{self.key}/state")["revisions"]
