"""Which place of the navigation a page belongs to."""
import pytest

from lms.kernel.menu import Menu


@pytest.fixture
def menu():
    """Privacy, with the page of the password; all places; the profile, for Lan alone."""
    menu = Menu()
    menu.add("accounts.mine", "Mine", "user", may=lambda person: person == "Lan", order=30)
    menu.add("more", "More", "menu", lambda person: True, 20)
    menu.add("privacy", "Privacy", "lock", lambda person: True, 10, also=("accounts.password",))
    return menu


@pytest.mark.parametrize(("path", "marked"), [
    ("/more", ["More"]),
    ("/mine", ["Mine"]),
    ("/mine/sessions/3", ["Mine"]),
    ("/mines", []),
    ("/mine/password", ["Privacy"]),
    ("/help/start", []),
])
def test_a_page_marks_the_place_it_is_or_belongs_to(path, marked, app, menu):
    with app.test_request_context(path):
        places = menu.places("Lan")

    assert [place.label for place in places if place.current] == marked
    assert [place.label for place in places] == ["Privacy", "More", "Mine"]


def test_nobody_is_offered_a_place_they_may_not_enter(app, menu):
    with app.test_request_context("/more"):
        assert [place.label for place in menu.places("Páo")] == ["Privacy", "More"]


def test_who_stands_alike_is_offered_the_same_and_a_place_more_when_there_is_one(app, menu):
    menu.standing = len
    with app.test_request_context("/more"):
        first = [place.label for place in menu.places("Lan")]
        alike = [place.label for place in menu.places("Páo")]
        menu.add("accessibility", "For all", "help", lambda person: True, 40)
        more = [place.label for place in menu.places("Páo")]

    assert (first, alike) == (["Privacy", "More", "Mine"], ["Privacy", "More", "Mine"])
    assert more == ["Privacy", "More", "For all"]


def test_the_same_menu_marks_another_place_on_another_page(app, menu):
    marked = []
    for path in ("/more", "/privacy", "/help/start"):
        with app.test_request_context(path):
            marked.append([place.label for place in menu.places("Lan") if place.current])

    assert marked == [["More"], ["Privacy"], []]
