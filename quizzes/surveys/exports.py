"""What came of a survey as a workbook."""
from lms.kernel.i18n import _, language
from lms.kernel.sheets import Table, write_workbook

from quizzes.surveys.wording import CHOICE, PART, SCALE


def results_workbook(title, results):
    """The bytes of a workbook: how often each level and option was given, and the free texts."""
    def words(thing):
        return thing.get(language()) or thing["vi"]

    counted, said, part = [], [], ""
    for item, counts, mean, texts in results.tally:
        part = words(item) if item["kind"] == PART else part
        names = {option["key"]: words(option) for option in item["options"]}
        if item["kind"] in (SCALE, CHOICE):
            counted += [[part, words(item), names.get(key, int(key) if key.isdecimal() else key),
                         count, mean if item["kind"] == SCALE else None] for key, count in counts]
        said += [[part, words(item), text] for text in texts]
    return write_workbook([
        Table(_("Answers"), [_("Part"), _("Question"), _("Answer"), _("Number of people"),
                             _("Mean")], counted, title),
        Table(_("Remarks"), [_("Part"), _("Question"), _("Remark")], said),
    ], [(_("Survey"), title), (_("Answered"), results.answered), (_("Shown"), results.shown),
        *([(_("Answered twice, under two records"), results.twice)] if results.twice else ())])
