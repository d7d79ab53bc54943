"""Which of our courses a printed name most likely means."""
import pytest

from courses.completions.likeness import likeliest

TITLES = {1: "luat bao chi", 2: "kien thuc co ban ve quyen con nguoi"}


@pytest.mark.parametrize(("printed", "meant"), [
    ("luat bao chi", 1), ("luat bao chi nam 2025", 1),
    ("boi duong kien thuc co ban ve quyen con nguoi", 2),
    ("tin hoc van phong", None), ("", None)])
def test_a_name_means_the_title_with_most_of_its_words(printed, meant):
    assert likeliest(printed, TITLES) == meant


def test_without_a_course_no_name_means_one():
    assert likeliest("luat bao chi", {}) is None
