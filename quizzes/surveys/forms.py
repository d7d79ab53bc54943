"""The form of a survey."""
from wtforms import TextAreaField
from wtforms.validators import InputRequired, Length, ValidationError

from lms.kernel.i18n import _, _l

from courses.catalogue.forms import StepForm, minutes_field
from quizzes.surveys.wording import EVALUATION, MOST, PART, faulty, read_lines


class SurveyForm(StepForm):
    """A survey as a step of a course: what it asks, a line each."""

    minutes = minutes_field(5)
    apart = ("lines",)
    lines = TextAreaField(
        _l("Questions, one a line"), [InputRequired(), Length(max=8000)], default=EVALUATION,
        description=_l("A line is rated from 1 to 5. # begins a part, + asks for a free text, "
                       "“question = option; option” is a choice. English after |."))

    def validate_lines(self, field):
        """Each line can be asked, and one at least is a question."""
        items = read_lines(field.data)
        fault = faulty(items)
        if fault:
            raise ValidationError(_("Line %(n)s has no words, or a choice has fewer than two "
                                    "options.", n=fault["key"]))
        if len(items) > MOST or all(item["kind"] == PART for item in items):
            raise ValidationError(_("Ask one to %(most)s questions.", most=MOST))

    def items(self):
        """What the survey asks."""
        return read_lines(self.lines.data)
