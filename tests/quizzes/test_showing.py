"""Several questions on one page, each with names of its own."""
from werkzeug.datastructures import MultiDict

from quizzes.attempts.showing import apart, fields_of


def test_each_question_of_a_page_has_names_of_its_own():
    html = ('<label for="a-1">x</label><input id="a-1" name="a" aria-describedby="a-hint b" '
            'value="name=&#34;a&#34;" data-name="a">')

    assert apart(html, 7) == (
        '<label for="s7-a-1">x</label><input id="s7-a-1" name="s7-a" '
        'aria-describedby="s7-a-hint s7-b" value="name=&#34;a&#34;" data-name="a">')


def test_a_question_finds_its_own_fields_again():
    form = MultiDict([("s1-a", "A"), ("s1-a", "C"), ("s11-a", "B"), ("go", "2")])

    assert list(fields_of(1, form).items(multi=True)) == [("a", "A"), ("a", "C")]


def test_a_page_of_before_sends_plain_names():
    form = MultiDict([("a", "A"), ("go", "2")])

    assert fields_of(1, form) is form


def test_long_parts_of_an_answer_stand_a_line_each(app):
    long = "Thác Bản Giốc nằm ở huyện Trùng Khánh – Đúng"
    with app.test_request_context():
        lines = app.jinja_env.get_template("quizzes/told.html").module.lines

        assert (str(lines(["Có", "<Không>"])), str(lines([long])), str(lines([long, "Có"]))) == (
            "Có; &lt;Không&gt;", long, f"<br>{long}<br>Có")
