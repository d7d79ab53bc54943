"""Words that invite to a course or a class: a message to paste, a poster to hang up.

Both are papers of the office, in Vietnamese, and name no participant.
"""
from dataclasses import dataclass

from lms.kernel.mail import link_to
from lms.kernel.text import clean

#: A message to paste into another system stays within this many characters.
LONGEST_MESSAGE = 500
#: What is cut to fit keeps so many letters at least.
SHORTEST = 20
MODES = {"online": "trực tuyến", "in_person": "trực tiếp",
         "blended": "kết hợp trực tiếp và trực tuyến"}


@dataclass(frozen=True)
class Invitation:
    """What is said: a heading, what it is to, facts as (word, text), and where to go on.

    Facts without a text are left out.
    """

    heading: str
    title: str
    facts: tuple[tuple[str, str], ...]
    address: str

    @property
    def stated(self):
        """The facts that are known, cleaned."""
        return [(word, clean(text)) for word, text in self.facts if text]

    @property
    def message(self):
        """The invitation as plain text of at most LONGEST_MESSAGE characters; the longest of its
        texts is cut where it would be more, never the address.
        """
        parts = [(self.heading, clean(self.title)), *self.stated]
        while len(text := self._joined(parts)) > LONGEST_MESSAGE:
            place = max(range(len(parts)), key=lambda at: len(parts[at][1]))
            word, long = parts[place]
            kept = max(SHORTEST, len(long) - (len(text) - LONGEST_MESSAGE) - 1)
            if kept >= len(long):
                break
            parts[place] = word, f"{long[:kept].rstrip()}…"
        return text

    def _joined(self, parts):
        return "\n".join([*(f"{word}: {text}" for word, text in parts),
                          f"Đăng nhập để xem: {self.address}"])


def to_course(course):
    """The invitation to a course that is learned online, or held in classes."""
    length = f"{course.periods} tiết" if course.periods else ""
    return Invitation("MỜI THAM GIA KHÓA HỌC", course.title_vi, (
        ("Thời lượng", length), ("Hình thức", MODES[course.mode]),
        ("Nội dung", course.summary_vi),
        ("Đơn vị phụ trách", course.owner.name_vi if course.owner else "")),
        link_to(f"/courses/{course.id}"))
