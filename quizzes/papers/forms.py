"""The form of a quiz."""
from wtforms import BooleanField, IntegerField, SelectMultipleField, StringField
from wtforms.validators import InputRequired, Length, NumberRange, Optional

from lms.kernel.forms import Form
from lms.kernel.i18n import _l


class QuizForm(Form):
    """The rules of a quiz and its questions."""

    title_vi = StringField(_l("Title in Vietnamese"), [InputRequired(), Length(max=200)])
    title_en = StringField(_l("Title in English"), [Optional(), Length(max=200)])
    minutes = IntegerField(_l("Minutes it takes"), [InputRequired(), NumberRange(0, 600)],
                           default=15)
    draw = IntegerField(_l("Questions drawn at random for each attempt"),
                        [Optional(), NumberRange(1, 500)],
                        description=_l("Empty: all the questions chosen below."))
    shuffle = BooleanField(_l("Shuffle questions and options"), default=True)
    pass_mark = IntegerField(_l("Pass mark, out of 100"), [InputRequired(), NumberRange(0, 100)],
                             default=50)
    attempts_allowed = IntegerField(_l("Attempts allowed"), [InputRequired(), NumberRange(1, 100)],
                                    default=3)
    time_limit = IntegerField(_l("Time limit in minutes"), [Optional(), NumberRange(1, 600)],
                              description=_l("Empty: no limit."))
    questions = SelectMultipleField(_l("Questions"), coerce=int)

    def step_values(self):
        """The fields that every step of a course has."""
        return {"title_vi": self.title_vi.data, "title_en": self.title_en.data or "",
                "minutes": self.minutes.data}
