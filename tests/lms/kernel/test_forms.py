"""What a form could not read is answered in words that say what to do, in both languages."""
from datetime import date
from decimal import Decimal

import pytest
from wtforms import IntegerField, SelectField

from lms.kernel.forms import AmountField, DayField, Form, choices

from quizzes.papers.forms import MomentField


class Sample(Form):
    """One field of each kind that reads something."""

    class Meta(Form.Meta):
        """Nobody is signed in."""

        csrf = False

    day = DayField("Day")
    moment = MomentField("Moment")
    amount = AmountField("Amount")
    whole = IntegerField("Whole")
    one = SelectField("One", coerce=int, choices=choices([(1, "1")]))


@pytest.mark.parametrize(("language", "words"), [
    ("vi", ["Ngày không đúng. Ví dụ đúng: 05/02/2026.",
            "Giờ hoặc ngày không đúng. Ví dụ đúng: 08:00 05/02/2026.", "Hãy nhập một con số.",
            "Hãy nhập số nguyên.", "Hãy chọn một mục trong danh sách."]),
    ("en", ["This is not a day. Write it as in 05/02/2026.",
            "This is not a time of a day. Write it as in 08:00 05/02/2026.", "Write a number.",
            "Write a whole number.", "Choose one of the list."])])
def test_what_cannot_be_read_is_said_in_plain_words(app, language, words):
    sent = dict.fromkeys(("day", "moment", "amount", "whole", "one"), "hôm nay")
    with app.test_request_context(method="POST", data=sent,
                                  headers={"Cookie": f"language={language}"}):
        form = Sample()
        assert not form.validate()
        assert [str(field.errors[0]) for field in form] == words


@pytest.mark.parametrize(("typed", "amount"), [("70,5", "70.5"), ("70.5", "70.5"), ("7", "7")])
def test_a_number_is_read_with_a_comma_or_a_full_stop(app, typed, amount):
    sent = {"day": "05/02/2026", "moment": "08:00 05/02/2026", "amount": typed, "whole": "1",
            "one": "1"}
    with app.test_request_context(method="POST", data=sent):
        form = Sample()
        assert form.validate()
        assert (form.amount.data, form.day.data) == (Decimal(amount), date(2026, 2, 5))
