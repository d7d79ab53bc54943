"""Words for the rules of quizzes."""
from lms.kernel.i18n import _, _l, ngettext

from quizzes.papers.rule import AFTER_CLOSE, AT_ONCE, NEVER

DIFFICULTIES = {1: _l("easy"), 2: _l("medium"), 3: _l("hard")}
MOMENT_WORDS = {AT_ONCE: _l("at once"), AFTER_CLOSE: _l("after the test has closed"),
                NEVER: _l("never")}


def category_word(category):
    """The name of a category; questions may have none, and None is any."""
    if category is None:
        return _("any category")
    return category or _("without a category")


def row_words(row):
    """A row of a blueprint in words: 5 hard questions of “Press law”."""
    parts = [ngettext("%(num)s question", "%(num)s questions", row.count)]
    if row.category is not None:
        parts.append(f"“{category_word(row.category)}”")
    if row.difficulty is not None:
        parts.append(str(DIFFICULTIES[row.difficulty]))
    return ", ".join(parts)
