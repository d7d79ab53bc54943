"""Counts in sentences bear the separators of the language; years, places and codes stay plain."""
from lms.kernel.i18n import _, in_template, in_template_plural, ngettext, speaking


def test_a_count_in_a_sentence_has_separators_in_either_language():
    assert _("%(done)s of %(all)s questions are answered.", done=999, all=10000) == (
        "Đã trả lời 999 trên 10.000 câu.")
    with speaking("en"):
        assert _("%(done)s of %(all)s questions are answered.", done=999, all=10000) == (
            "999 of 10,000 questions are answered.")


def test_a_number_of_people_has_separators_in_python_and_in_a_template():
    for plural in (ngettext, in_template_plural):
        assert plural("%(num)s person", "%(num)s people", 1234567) == "1.234.567 người"
    with speaking("en"):
        assert ngettext("%(num)s person", "%(num)s people", 2000) == "2,000 people"


def test_a_year_a_line_and_the_number_of_a_set_stay_as_they_are():
    assert in_template("Confirmation %(year)s", year=2026) == "Xác nhận năm 2026"
    assert _("Row %(line)s: %(text)s", line=10000, text=1985).endswith(" 10000: 1985")
    assert _("Set %(n)s", n=1024).endswith(" 1024")
