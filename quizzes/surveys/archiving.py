"""What surveys add to the file of a class."""
from lms.kernel.i18n import VIETNAMESE, speaking

from courses.classes.archiving import FilePaper
from quizzes.surveys.exports import results_workbook
from quizzes.surveys.policies import may_read_class_survey
from quizzes.surveys.queries import results_of, survey_of_class


def evaluation_of_class(course_class, viewer):
    """What came of the evaluation of the class, as far as it is let out; nothing without one."""
    record = survey_of_class(course_class) if may_read_class_survey(viewer, course_class) else None
    if record is None:
        return []
    with speaking(VIETNAMESE):
        book = results_workbook(course_class.title_vi, results_of(record))
    return [FilePaper("Tổng hợp phiếu đánh giá lớp học (Excel)", "danh-gia.xlsx", book)]
