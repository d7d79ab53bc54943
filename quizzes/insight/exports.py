"""What is learned from a test as a workbook, numbers as numbers."""
from lms.kernel.i18n import _, language, named
from lms.kernel.sheets import Table, write_workbook

from quizzes.attempts.showing import worded
from quizzes.insight.words import in_words, sentence


def rounded(value, digits=4):
    """``value`` to so many digits, None where there is none."""
    return None if value is None else round(value, digits)


def test_workbook(quiz, whole, items, asked):
    """The bytes of a workbook: the test, its questions, what was answered."""
    course = quiz.version.course
    facts = [(_("Attempts, one of each person"), whole.count), (_("Passed"), whole.passed),
             (_("Mean"), rounded(whole.mean)), (_("Median"), rounded(whole.median)),
             (_("Standard deviation"), rounded(whole.deviation)),
             (_("Skewness"), rounded(whole.skewness)), (_("Cronbach's α"), rounded(whole.alpha)),
             (_("Standard error of measurement"), rounded(whole.error)),
             (_("Minutes, median"), rounded(whole.minutes, 1)),
             *((f"{low * 10}–{low * 10 + 10}", count) for low, count in enumerate(whole.bands))]
    questions = [[number, worded(asked[item.question][1], "stem", language()), item.count,
                  rounded(item.facility), rounded(item.error), rounded(item.discrimination),
                  rounded(item.efficiency), rounded(item.better), rounded(item.other),
                  sentence(item, quiz)[2]] for number, item in enumerate(items, 1)]
    answers = [[number, in_words(*asked[item.question], one.part, language()), one.count,
                one.better, one.other]
               for number, item in enumerate(items, 1) for one in item.chosen]
    return write_workbook([
        Table(_("Test"), [_("What"), _("Value")], facts, named(quiz)),
        Table(_("Questions"), [_("No."), _("Question"), _("Answers"), _("Facility"),
                               _("Standard error"), _("Discrimination"), _("Efficiency"),
                               _("Better half"), _("Other half"), _("What it says")], questions),
        Table(_("Answers given"), [_("No."), _("Answer"), _("Number of people"), _("Better half"),
                                   _("Other half")], answers),
    ], [(_("Course"), named(course)), (_("Test"), named(quiz)),
        (_("How it is counted"), _("The first attempt of each person; facility and shares from 0 "
                                   "to 1."))])


def gain_workbook(quiz, before, rows):
    """The bytes of a workbook of what each person gained between two tests."""
    lines = [[number, pair.person.full_name, named(one) if one else "", pair.before, pair.after,
              pair.gain, rounded(pair.normalised), pair.passed_before, pair.passed_after]
             for number, (pair, one) in enumerate(rows, 1)]
    return write_workbook([Table(
        _("Gain"), [_("No."), _("Full name"), _("Class"), _("Before"), _("After"), _("Gain"),
                    _("Normalised gain"), _("Passed before"), _("Passed after")],
        lines, named(quiz))], [(_("Before"), named(before)), (_("After"), named(quiz))])
