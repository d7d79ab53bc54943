"""The parts of Moodle's XML: texts wrapped once more, names of files, places on pictures."""
import re
from copy import deepcopy
from urllib.parse import unquote

from lms.kernel.errors import Refusal
from lms.kernel.i18n import _l

from courses.catalogue.pictures import size_of
from quizzes.questions.interchange import cloze
from quizzes.questions.interchange.areas import PICTURE, drawn, one_place
from quizzes.questions.interchange.choices import too_many_parts
from quizzes.questions.interchange.draft import Unreadable, gap, letters, number_of
from quizzes.questions.interchange.xml import children, inner

NOT_IN_A_NAME = re.compile(r"[^A-Za-z0-9._-]+")


def safe_name(name):
    """The name of a picture or a sound as an address may hold it."""
    return NOT_IN_A_NAME.sub("-", unquote(name).rpartition("/")[2]).strip("-.") or "file"


def child_of(element, name):
    """The first element ``name`` right under ``element``, or None."""
    found = children(element, name) if element is not None else []
    return found[0] if found else None


def text_in(element):
    """The text of an element, which Moodle wraps once more."""
    if element is None:
        return ""
    wrapped = child_of(element, "text")
    if wrapped is not None and len(wrapped):
        # HTML that was written as XML, not as a text.
        return inner(deepcopy(wrapped))
    return "".join((element if wrapped is None else wrapped).itertext())


def words_in(element, name):
    """The text of the first element ``name`` under ``element``, without blanks around it."""
    return text_in(child_of(element, name)).strip()


def numbers_in(coords):
    """The numbers of a shape as Moodle writes it: 10,20;5"""
    return [float(number_of(text)) for text in re.split("[,;]", coords) if text.strip()]


def corner_of(drop):
    """The place of a ``drop`` in pixels, where its number is written: its corner, or the middle of
    its shape.
    """
    if words_in(drop, "xleft"):
        return tuple(float(number_of(words_in(drop, side))) for side in ("xleft", "ytop"))
    numbers = numbers_in(words_in(drop, "coords"))
    if words_in(drop, "shape") == "rectangle" and len(numbers) == 4:
        return numbers[0] + numbers[2] / 2, numbers[1] + numbers[3] / 2
    if len(numbers) < 2:
        raise Unreadable(_l("A place on the picture is not told. Draw it again."))
    pairs = list(zip(numbers[::2], numbers[1::2], strict=False))
    if words_in(drop, "shape") == "circle":
        return pairs[0]
    return tuple(sum(side) / len(pairs) for side in zip(*pairs, strict=True))


def chosen_gap(number, called, choice, labels):
    """The gap of a ``number``, ``called`` so in the file, whose right one of the ``labels`` is the
    ``choice``; it is filled from those of its group.  Labels are (number, group, words).
    """
    group, right = next(((group, words) for name, group, words in labels if name == choice),
                        (None, None))
    if right is None:
        raise Unreadable(_l("The gap %(gap)s has no choice. Take it out, or add the choice it "
                            "names.", gap=called))
    named = dict(zip(dict.fromkeys(words for _name, own, words in labels if own == group),
                     letters(), strict=False))
    return gap(number, "choice", [named[right]], options=[
        {"key": key, "vi": words, "en": ""} for words, key in named.items()])


def gaps_on_picture(drops, labels):
    """A gap for each of the ``drops``, and the words in which they stand."""
    if max(len(drops), len(labels)) > cloze.MOST_GAPS:
        raise too_many_parts()
    gaps = [chosen_gap(number, number, words_in(drop, "choice"), labels)
            for number, drop in enumerate(drops, 1)]
    return gaps, "".join(f"<p>{number}: [[{number}]]</p>" for number in range(1, len(gaps) + 1))


def one_marker(drop, content, name, words):
    """The fields of a single marker that is put into the shape of ``drop``."""
    numbers, shape = numbers_in(words_in(drop, "coords")), words_in(drop, "shape")
    if shape == "rectangle" and len(numbers) == 4:
        numbers[2:] = numbers[0] + numbers[2], numbers[1] + numbers[3]
    try:
        size = size_of(content)
    except Refusal as fault:
        raise Unreadable(str(fault)) from None
    area = drawn(shape.replace("polygon", "poly"), ",".join(map(str, numbers)), size)
    return one_place([{"key": "1", "vi": words, "en": "", **area}], ["1"], name, PICTURE)
