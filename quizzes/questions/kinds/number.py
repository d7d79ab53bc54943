"""A number, within a tolerance, with a unit where the question wants one."""
import re
from decimal import Decimal
from types import SimpleNamespace

from lms.kernel.i18n import _, _l
from lms.kernel.text import clean, fold

from quizzes.questions.kinds.base import NOTHING, decimal_of, finite, settings_of, share_of, wording
from quizzes.questions.kinds.line import Line
from quizzes.questions.kinds.short import accepted_lines, read_accepted

NUMBER = re.compile(r"([+\-−–]?)\s*(\d[\d.,\s']*)(?:[eE]([+-]?\d{1,2}))?\s*(.*)", re.DOTALL)
#: What looks like thousands as readily as like decimals: 1.234, 12,500.
EITHER = re.compile(r"\d{1,3}[.,]\d{3}")
#: What the key says besides the numbers, and what goes without saying.
TOLD = {"tolerance": "0", "unit": ""}


class Number(Line):
    """A number; it may be off by the tolerance."""

    name = "number"
    most = 100
    title = _l("Number")
    about = _l("A number that may be off a little, with a unit where you want one.")

    def mark(self, version, answer):
        """The best share of the accepted numbers that the one given comes near."""
        return number_share(version.right, settings_of(version), answer[0]) if answer else NOTHING

    def right_answer(self, version):
        """The first accepted number with its unit."""
        unit = settings_of(version).get("unit", "")
        return [f"{text} {unit}".strip() for text in version.right[:1]]

    def parts(self, version, _language, _chosen):
        """The unit, where it need not be typed; and whether it must."""
        settings = settings_of(version)
        needed = bool(settings.get("unit_needed"))
        return {"unit": "" if needed else settings.get("unit", ""), "unit_needed": needed}

    def written(self, fields):
        """An accepted number a line; tolerance and unit."""
        right, shares = read_accepted(fields.get("accepted", ""))
        plain = {text: plain_number(text) for text in right}
        settings = {"tolerance": plain_number(clean(fields.get("tolerance", ""))) or "0",
                    "unit": clean(fields.get("unit", ""))[:30],
                    "unit_needed": bool(fields.get("unit_needed"))}
        if shares:
            settings["shares"] = {plain[text]: share for text, share in shares.items()}
        return wording(right=plain.values(), settings=settings)

    def typed(self, version):
        """The accepted numbers a line each."""
        return {"accepted": accepted_lines(version.right, settings_of(version))}

    def key_of(self, version):
        """The accepted numbers, the tolerance and the unit as an author types them, a part each
        as ``field=text``.
        """
        settings = settings_of(version)
        lines = accepted_lines(version.right, settings).splitlines()
        return [*(f"accepted={line}" for line in lines),
                *(f"{name}={settings.get(name) or usual}" for name, usual in TOLD.items()),
                *(["unit_needed=1"] if settings.get("unit_needed") else [])]

    def key_in(self, _version, fields):
        """The key in the author's ``fields``."""
        return self.key_of(SimpleNamespace(**self.written(fields)))

    def keyed(self, version, right):
        """The numbers, tolerance and unit that ``right`` tells."""
        told = {}
        for name, _is, text in (part.partition("=") for part in right):
            told.setdefault(name, []).append(text)
        if "accepted" not in told and not told.keys() & TOLD.keys():
            # Decided when a correction named the numbers alone.
            return super().keyed(version, right)
        fields = {name: "\n".join(texts) for name, texts in told.items()}
        mended = self.written(fields)
        kept = {name: value for name, value in settings_of(version).items() if name != "shares"}
        return mended | {"settings": kept | mended["settings"]}

    def lacks(self, draft):
        """The accepted answers and the tolerance are numbers."""
        settings = settings_of(draft)
        if not draft.right:
            return [_("Give at least one accepted answer.")]
        tolerance = finite(settings.get("tolerance", "0"))
        faults = [_("“%(text)s” is not a number.", text=text) for text in draft.right
                  if finite(text) is None]
        if tolerance is None or tolerance < 0:
            faults.append(_("“%(text)s” is not a number.", text=settings.get("tolerance")))
        if settings.get("unit_needed") and not settings.get("unit"):
            faults.append(_("Say which unit must be given."))
        return faults


def number_share(accepted, settings, given):
    """The best share of the ``accepted`` numbers that ``given`` comes near, its unit included."""
    read = readings(given)
    if read is None:
        return NOTHING
    values, unit = read
    if not _unit_fits(unit, settings):
        return NOTHING
    tolerance = finite(settings.get("tolerance", "0")) or NOTHING
    shares = settings.get("shares", {})
    near = [share_of(shares.get(text, 100)) for text in accepted
            if (wanted := finite(text)) is not None
            and any(abs(value - wanted) <= tolerance for value in values)]
    return decimal_of(max(near)) if near else NOTHING


def _unit_fits(unit, settings):
    wanted = settings.get("unit", "")
    if not unit:
        return not settings.get("unit_needed")
    if not wanted:
        return not any(character.isdigit() for character in unit)
    return fold(unit).replace(" ", "").rstrip(".") == fold(wanted).replace(" ", "").rstrip(".")


def readings(text):
    """What ``text`` can mean: (the numbers, the unit), or None where it begins with no number.

    Comma and point both part decimals or thousands, as the office writes them: 1.234,5 and
    1,234.5 are the same; 1.234 alone is read both ways.
    """
    found = NUMBER.fullmatch(clean(text))
    if found is None:
        return None
    sign, digits, power, unit = found.groups()
    digits = re.sub(r"[\s']", "", digits)
    unit = unit.strip()
    values = [value for plain in _plainly(digits.rstrip(".,")) if (value := finite(plain))
              is not None]
    factor = Decimal(10) ** int(power or 0) * (-1 if sign in ("-", "−", "–") else 1)
    return ([value * factor for value in values], unit) if values else None


def _plainly(digits):
    points, commas = digits.count("."), digits.count(",")
    if points and commas:
        last = max(digits.rfind("."), digits.rfind(","))
        whole = re.sub("[.,]", "", digits[:last])
        return [f"{whole}.{digits[last + 1:]}"]
    if points + commas > 1:
        return [re.sub("[.,]", "", digits)]
    one = digits.replace(",", ".")
    return [one, one.replace(".", "")] if EITHER.fullmatch(digits) else [one]


def plain_number(text):
    """An author's number with a decimal point; what is no number stays, and is complained of."""
    read = readings(text)
    if read is None or read[1]:
        return text
    return format(read[0][0], "f")
