"""Captions of a recording, read as others write them and written as WebVTT.  No database.

https://www.w3.org/TR/webvtt1/ and SubRip (.srt), which has no standard: numbers, then times with a
comma, then text with a few tags.
"""
import re
from typing import NamedTuple

from lms.kernel.i18n import _
from lms.kernel.text import clean

#: So many faults are told at once.
MOST_FAULTS = 5
TIME = r"(?:(\d{1,4}):)?(\d{1,2}):(\d{2})[.,](\d{3})"
TIMES = re.compile(rf"\s*{TIME}\s+-->\s+{TIME}(\s.*)?$")
#: What says where a caption stands; a browser passes over what it does not know, so do we.
SETTING = re.compile(
    r"vertical:(?:rl|lr)|align:(?:start|center|end|left|right)|size:\d+(?:\.\d+)?%"
    r"|line:-?\d+(?:\.\d+)?%?(?:,(?:start|center|end))?"
    r"|position:\d+(?:\.\d+)?%(?:,(?:line-left|center|line-right))?")
#: The blocks of a WebVTT file that are no captions.
BESIDE = re.compile(r"(?:NOTE|STYLE|REGION)(?:\s|$)")
#: How other players are told where and how to show a line; WebVTT has no such thing.
STYLED = re.compile(r"\{\\[^}]*\}")
TAG = re.compile(r"</?[A-Za-z][^<>]*>")
KEPT_TAG = re.compile(r"</?(?:i|b|u|c|v|lang|ruby|rt)(?=[\s.>])")
ENTITY = re.compile(r"&(?!(?:amp|lt|gt|lrm|rlm|nbsp|#\d+|#x[\da-fA-F]+);)")


class Cue(NamedTuple):
    """A caption: from when to when in thousandths of a second, where it stands, what it says."""

    begins: int
    ends: int
    settings: str
    lines: tuple


class Unreadable(ValueError):
    """What was given are no captions; ``faults`` says why in words, each with its line."""

    def __init__(self, faults):
        super().__init__()
        self.faults = faults


def read_captions(content):
    """The Cues in the bytes of a WebVTT or SubRip file, in their order; raises Unreadable."""
    lines = _lines(content)
    cues, faults, before = [], [], 0
    for number, block in _blocks(lines):
        try:
            cue = _cue(number, block, before)
        except Unreadable as fault:
            faults += fault.faults
            continue
        before = cue.begins
        cues += [cue] if cue.lines else []
    if faults:
        raise Unreadable(faults[:MOST_FAULTS])
    if not cues:
        raise _fault(1, _("there is no caption in the file."))
    return cues


def write_captions(cues):
    """The text of a WebVTT file with the ``cues``."""
    return "\n".join(["WEBVTT\n", *(
        f"{_clock(cue.begins)} --> {_clock(cue.ends)}{cue.settings and ' ' + cue.settings}\n"
        + "\n".join(cue.lines) + "\n" for cue in cues)])


def _fault(number, words):
    return Unreadable([_("Line %(n)s: %(what)s", n=number, what=words)])


def _lines(content):
    wide = content[:2] in (b"\xff\xfe", b"\xfe\xff")
    try:
        text = content.decode("utf-16" if wide else "utf-8-sig")
    except UnicodeDecodeError as error:
        raise _fault(content[:error.start].count(b"\n") + 1, _(
            "this is no text in UTF-8. Save the file with that encoding.")) from error
    return text.replace("\r\n", "\n").replace("\r", "\n").split("\n")


def _blocks(lines):
    """The blocks of captions, each with the number of its first line."""
    start = 1 if re.match(r"WEBVTT(?:\s|$)", lines[0]) else 0
    if start:  # What else stands in the head of the file belongs to it.
        start = next((place for place, line in enumerate(lines) if not line.strip()), len(lines))
    block = []
    for place, line in enumerate([*lines[start:], ""], start + 1):
        if line.strip():
            block.append(line)
        elif block:
            if not BESIDE.match(block[0]):
                yield place - len(block), block
            block = []


def _cue(number, block, before):
    place = next((place for place, line in enumerate(block[:2]) if "-->" in line), None)
    if place is None:
        raise _fault(number, _("a text stands there without its times, or behind an empty line."))
    number += place
    times = TIMES.match(block[place])
    if not times:
        raise _fault(number, _("these are no times. Write them as in 00:01:02.500 --> "
                               "00:01:05.000."))
    begins, ends = _moment(number, times.groups()[:4]), _moment(number, times.groups()[4:8])
    if ends <= begins:
        raise _fault(number, _("the caption ends before it begins."))
    if begins < before:
        raise _fault(number, _("the caption begins before the one above it."))
    text = block[place + 1:]
    wrong = next((at for at, line in enumerate(text, number + 1) if "-->" in line), None)
    if wrong:
        raise _fault(wrong, _("times stand within a text. An empty line is missing above them."))
    settings = " ".join(one for one in (times[9] or "").split() if SETTING.fullmatch(one))
    return Cue(begins, ends, settings, tuple(filter(None, map(_said, text))))


def _moment(number, parts):
    hours, minutes, seconds, thousandths = (int(part or 0) for part in parts)
    if max(minutes, seconds) > 59:
        raise _fault(number, _("minutes and seconds go to 59."))
    return ((hours * 60 + minutes) * 60 + seconds) * 1000 + thousandths


def _clock(moment):
    seconds, thousandths = divmod(moment, 1000)
    return f"{seconds // 3600:02}:{seconds // 60 % 60:02}:{seconds % 60:02}.{thousandths:03}"


def _said(line):
    """A line of a caption, with the tags that WebVTT knows and without others."""
    line = TAG.sub(lambda tag: tag[0] if KEPT_TAG.match(tag[0]) else "", STYLED.sub("", line))
    parts = re.split(f"({TAG.pattern})", ENTITY.sub("&amp;", line))
    return clean("".join(part if place % 2 else part.replace("<", "&lt;")
                         for place, part in enumerate(parts)))
