"""Items to put in order."""
from lms.kernel.i18n import _, _l

from quizzes.questions.kinds.base import (
    LETTERS,
    alphabetically,
    lacking_rows,
    rows_of,
    texts,
    wording,
)
from quizzes.questions.kinds.pairs import Pairs


class Ordering(Pairs):
    """Each item gets its place, 1 is the first."""

    name = "ordering"
    title = _l("Put in order")
    about = _l("Steps or events that get their places.")

    def partners(self, version):
        """The places an item can take, from 1."""
        return [str(place) for place in range(1, len(version.options) + 1)]

    def right_answer(self, version):
        """The right order as pairs of an item and its place."""
        return [f"{key}={place}" for place, key in enumerate(version.right, 1)]

    def order(self, version, keys):
        """Items that would stand in the right order are shown by their words instead."""
        if keys != version.right:
            return keys
        names = texts(version.options, "vi")
        return sorted(keys, key=lambda key: alphabetically({"vi": names[key]}))

    def written(self, fields):
        """The items in the right order."""
        options = [{"key": LETTERS[place], **row}
                   for place, (_number, row) in enumerate(rows_of(fields, "o"))]
        return wording(options, right=[option["key"] for option in options])

    def typed(self, version):
        """The rows of the form, in the right order."""
        by_key = {option["key"]: option for option in version.options}
        return {"rows": [by_key[key] for key in version.right if key in by_key]}

    def settle(self, wording):
        """Keys by the alphabet of the items' words: neither they nor their order tell."""
        if not wording.get("options"):
            return wording
        options = sorted(wording["options"], key=alphabetically)
        keys = {option["key"]: LETTERS[place] for place, option in enumerate(options)}
        return wording | {
            "options": [option | {"key": keys[option["key"]]} for option in options],
            "right": [keys.get(key, key) for key in wording["right"]]}

    def lacks(self, draft):
        """Items enough, and each has its place."""
        faults = lacking_rows(draft.options)
        keys = [option["key"] for option in draft.options]
        return faults if sorted(draft.right) == sorted(keys) else [
            *faults, _("Every item needs its place in the right order.")]
