"""Two people change one thing: the second is told what happened, and loses nothing."""
import re
from datetime import date, timedelta
from html import unescape

import pytest

from lms.kernel import clock
from lms.kernel.db import db
from lms.people.actions import change_person
from lms.people.rule_actions import set_rule

from certificates.actions import set_issuer
from certificates.queries import issuers
from courses.catalogue.actions import change_course
from courses.classes.actions import change_class, change_session, enter_marks, nominate
from courses.classes.queries import enrolments_in
from courses.coverage.actions import change_goal
from courses.reminders.actions import set_ladder
from courses.reminders.rule import Step
from courses.reorganisation.details import describe_unit
from quizzes.papers.actions import set_hours
from quizzes.questions.actions import reword_question

#: What each form is called, its address, what Minh changes, the field in which Ân types what.
FORMS = {
    "course": (
        "/catalogue/{w.press_law.id}/edit",
        lambda w: change_course(w.press_law, {"summary_vi": "Của Minh"}, by=w.minh),
        "legal_basis"),
    "class": (
        "/classes/{w.december_class.id}/edit",
        lambda w: change_class(w.december_class, {"place": "Của Minh"}, by=w.minh), "title_vi"),
    "session": (
        "/sessions/{w.first_session.id}",
        lambda w: change_session(w.first_session, {
            "on": w.first_session.on, "half": "morning", "topic_vi": "Của Minh"}, by=w.minh),
        "topic_en"),
    "goal": (
        "/goals/{w.goal_a.id}/edit",
        lambda w: change_goal(w.goal_a, {"courses": [w.press_law, w.kit]}, by=w.minh), "title_en"),
    "ladder": (
        "/goals/{w.goal_a.id}/ladder",
        lambda w: set_ladder(w.goal_a, [Step("learner", -3)], by=w.minh), "head"),
    "person": (
        "/people/{w.pao.id}/edit",
        lambda w: change_person(w.pao, {"phone": "0912000111"}, by=w.minh), "full_name"),
    "unit": (
        "/reorganisations/units/{w.office.id}/details",
        lambda w: describe_unit(w.office, {"name_en": "Of Minh"}, None, by=w.minh), "short_name"),
    "issuer": (
        "/issuers/{w.department.id}",
        lambda w: set_issuer(w.department, {"code": "SVH", "place": "Của Minh"}, by=w.minh),
        "signer"),
    "question": (
        "/quizzes/questions/{w.first_question.id}",
        lambda w: reword_question(w.first_question, {"stem_vi": "Của Minh?"}, by=w.minh),
        "explanation_vi"),
}


def fields_of(page):
    """What the form of the page holds, as (name, value) pairs: the last form on it."""
    html = page.response.text
    form = html[html.index('name="fingerprint"'):].split("</form>")[0]
    form = '<input type="hidden" ' + form
    found = [(name, unescape(value)) for name, value in re.findall(
        r'<input\b[^>]*?name="([^"]+)"[^>]*?value="([^"]*)"', form)
        if not re.search(rf'type="(?:checkbox|radio|file)"[^>]*name="{name}"', form)]
    found += [(name, unescape(value)) for name, value in re.findall(
        r'<input(?=[^>]*\bchecked\b)(?=[^>]*name="([^"]+)")(?=[^>]*value="([^"]*)")', form)]
    found += [(name, unescape(text).removeprefix("\r\n").lstrip("\n")) for name, text in re.findall(
        r'<textarea\b[^>]*name="([^"]+)"[^>]*>(.*?)</textarea>', form, re.S)]
    for name, inside in re.findall(
            r'<select\b[^>]*name="([^"]+)"[^>]*>(.*?)</select>', form, re.S):
        chosen = re.search(r'<option selected value="([^"]*)"', inside) or re.search(
            r'<option value="([^"]*)"', inside)
        found.append((name, unescape(chosen[1])))
    typed = {}
    for name, value in found:
        typed.setdefault(name, []).append(value)
    return typed


@pytest.mark.parametrize("name", FORMS)
def test_the_second_is_told_who_saved_and_keeps_what_was_typed(world, browse, name):
    place, minh_saves, field = FORMS[name]
    address, an = place.format(w=world), browse(world.an)
    mine = fields_of(an.get(address)) | {field: ["7" if name == "ladder" else "Của Ân"]}
    minh_saves(world)
    db.session.commit()
    theirs = fields_of(an.get(address))

    refused = an.post(address, mine, status=409)

    assert "Triệu Văn Minh đã lưu nội dung này lúc 10:00 25/11/2026" in refused.text
    assert refused.links["Xem nội dung hiện có ở thẻ mới"] == address
    kept = fields_of(refused)
    assert kept == mine | {"fingerprint": theirs["fingerprint"]}
    assert fields_of(an.get(address)) == theirs

    an.post(address, kept)

    saved = fields_of(an.get(address))
    assert saved[field] == mine[field]


def test_a_rule_set_meanwhile_is_not_overwritten(world, browse):
    an, address = browse(world.an), f"/groups/{world.reporters.id}/rule"
    opened = fields_of(an.get(address))
    typed = {"titles": "Biên tập viên", "valid_from": "01/12/2026",
             "fingerprint": opened["fingerprint"]}
    set_rule(world.reporters, {"titles": ["Phóng viên"], "valid_from": date(2026, 11, 1)},
             by=world.minh)
    db.session.commit()

    refused = an.post(address, typed | {"decision": "set"}, status=409)

    assert "Triệu Văn Minh đã lưu nội dung này" in refused.text
    assert "Biên tập viên" in refused.text
    an.post(address, typed | {"decision": "set",
                              "fingerprint": fields_of(refused)["fingerprint"]})


def test_two_who_enter_marks_of_a_class_lose_none(world, browse):
    nominate(world.december_class, [world.hoa], world.newspaper, by=world.an)
    lan, hoa = (one.id for one in sorted(
        enrolments_in(world.december_class), key=lambda one: one.id))
    address, an = f"/classes/{world.december_class.id}/marks", browse(world.an)
    blank = fields_of_marks(an.get(address))
    enter_marks(world.december_class, {lan: "70"}, by=world.minh)
    db.session.commit()

    an.post(address, blank | {f"m{hoa}": "80"})

    assert marks_of(world) == {lan: 70, hoa: 80}
    refused = an.post(address, blank | {f"m{lan}": "55"}, status=409)
    assert "người khác đã nhập điểm cho: Nông Thị Lan" in refused.text
    again = fields_of_marks(refused)
    assert (again[f"m{lan}"], again[f"w{lan}"], again[f"m{hoa}"]) == ("55", "70", "80")
    an.post(address, again)
    assert marks_of(world) == {lan: 55, hoa: 80}


def fields_of_marks(page):
    """What the form of the marks of a class holds."""
    return {field["name"]: field["value"] for field in page.all("input")
            if field.get("name", "")[:1] in "mw" and field["name"][1:].isdigit()}


def marks_of(world):
    """enrolment → its mark, as it stands."""
    db.session.expire_all()
    return {one.id: one.mark for one in enrolments_in(world.december_class)}


def test_the_hours_of_a_test_are_not_overwritten_unseen(world, browse):
    an, quiz = browse(world.an), world.law_quiz
    opened = re.search(r'name="fingerprint"[^>]*value="(\w+)"',
                       an.get(f"/quizzes/{quiz.id}/room").response.text)[1]
    set_hours(quiz, None, clock.now() + timedelta(days=9), by=world.minh)
    db.session.commit()

    refused = an.post(f"/quizzes/{quiz.id}/hours", {
        "opens_at": "08:00 01/12/2026", "closes_at": "", "fingerprint": opened}, status=409)

    assert "Triệu Văn Minh đã lưu nội dung này" in refused.text
    assert 'value="08:00 01/12/2026"' in refused.response.text
    db.session.refresh(quiz)
    assert quiz.opens_at is None


def test_an_issuer_that_nobody_changed_is_saved_twice_in_a_row(world, browse):
    an, address = browse(world.an), f"/issuers/{world.department.id}"

    for signer in ("Một", "Hai"):
        an.post(address, fields_of(an.get(address)) | {"signer": [signer]})

    assert [issuer.signer for issuer in issuers()] == ["Hai"]
