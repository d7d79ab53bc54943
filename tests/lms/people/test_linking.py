"""Two records of one person: suspected, linked with everything of both, parted, told apart."""
from datetime import date, timedelta

import pytest
from sqlalchemy import select

from lms.accounts.actions import make_demo_account
from lms.accounts.models import Account
from lms.accounts.queries import account_of
from lms.kernel import clock
from lms.kernel.db import db
from lms.kernel.errors import Refusal
from lms.notices.actions import tell
from lms.notices.models import Notice
from lms.people.actions import add_person, end_post, post
from lms.people.duplicates import NAME_AND_BIRTH, PHONE, links_of, suspects
from lms.people.erasing import ask_erasure, erase
from lms.people.import_queries import known_on
from lms.people.linking import believed, link, part, say_distinct
from lms.people.models import Membership, Person, Posting
from lms.people.plan import plan_of
from lms.people.queries import memberships_of, people_seen_by, postings_of
from lms.people.workbook import PersonRow

from certificates.models import Certificate
from certificates.queries import certificates_of
from certificates.truth import wrong_certificates
from courses.classes.actions import nominate
from courses.classes.models import Enrolment
from courses.completions.actions import begin, complete, revoke
from courses.completions.models import Completion, Study
from courses.completions.queries import completions_of
from courses.coverage.actions import exempt
from courses.coverage.models import Exemption
from courses.coverage.truth_queries import overlapping_facts, same_completions, two_main_posts
from quizzes.attempts.models import Attempt
from quizzes.papers.actions import give_extra_time
from quizzes.papers.queries import extra_time_of
from tests.statements import counted

MARCH, JULY, TODAY = date(2026, 3, 2), date(2026, 7, 1), date(2026, 11, 25)


def entered(world, name="Sầm Thị Loan", unit=None, since=JULY, **more):
    """Somebody entered with a post."""
    return add_person({"full_name": name, "birth": "1990", **more}, {
        "unit": unit or world.office, "title": "Văn thư", "valid_from": since}, by=world.an)


@pytest.fixture
def pair(world, monkeypatch):
    """Loan entered by the office, and again by the newspaper, an hour before now."""
    one, other = entered(world), entered(world, "Sầm thị Loan", world.newspaper,
                                         birth="1990-12-22", phone="0912345678")
    start = clock.now()
    monkeypatch.setattr(clock, "source", lambda: start + timedelta(hours=1))
    return one, other


def posts(person):
    """The posts of ``person`` as now known: unit, main, from, to."""
    return sorted((p.unit.key, p.main, p.valid_from, p.valid_to) for p in postings_of(person))


def test_one_name_and_one_birth_are_suspected(world, pair):
    assert [(s.one, s.other, s.why) for s in suspects()] == [(*pair, NAME_AND_BIRTH)]


@pytest.mark.parametrize(("birth", "other", "suspected"), [
    ("1990", "1990-12-22", True), ("1990-12-22", "1990-12-22", True), ("1990", "1990", True),
    ("1990-12-22", "1990-12-23", False), ("1990", "1991", False), ("", "1990", False),
    ("", "", False)])
def test_the_births_must_agree_as_far_as_both_know_them(world, birth, other, suspected):
    entered(world, birth=birth)
    entered(world, birth=other)

    assert bool(suspects()) is suspected


@pytest.mark.parametrize(("name", "suspected"), [("Nông Thị Loan", True), ("Nông Thị Hoa", False)])
def test_one_phone_is_suspected_where_the_given_name_is_the_same(world, name, suspected):
    entered(world, phone="0912345678")
    entered(world, name, birth="1971", phone="0912345678")

    assert [s.why for s in suspects()] == [PHONE] * suspected


def test_whoever_is_told_apart_is_suspected_no_more(world, pair):
    one, other = pair

    say_distinct(other, one, by=world.an)
    say_distinct(one, other, by=world.an)

    assert suspects() == []


def test_everything_of_both_stands_with_the_main_record(world, pair):
    one, other = pair
    db.session.add_all([
        Membership(person=one, group=world.officials, valid_from=JULY),
        Membership(person=other, group=world.reporters, valid_from=JULY),
        Membership(person=other, group=world.officials, valid_from=TODAY)])
    complete(other, world.press_law, date(2026, 8, 1), by=world.an)
    exempt(other, world.goal_a, {"kind": "leave", "reason": "Nghỉ", "valid_from": JULY,
                                 "valid_to": TODAY}, by=world.an)
    nominate(world.december_class, [other], world.newspaper, by=world.hoa)
    begin(other, world.kit, by=other)
    make_demo_account(other, "loan.st", "x")

    link(one, other, by=world.an)

    assert posts(one) == [("BAO", False, JULY, None), ("SVH-VP", True, JULY, None)]
    assert sorted((m.group.key, m.valid_from) for m in memberships_of(one)) == [
        ("A", JULY), ("B", JULY)]
    assert [(c.course.key, c.learned_on) for c in completions_of(one)] == [
        ("PRESS", date(2026, 8, 1))]
    assert [c.person_id for c in db.session.scalars(select(Certificate).where(
        Certificate.completion_id == completions_of(one)[0].id))] == [one.id]
    assert [e.goal.key for e in believed(Exemption, one)] == ["A"]
    assert [e.course_class.code for e in db.session.scalars(
        select(Enrolment).filter_by(person_id=one.id))] == ["LBC-2026-02"]
    assert [s.course.key for s in db.session.scalars(
        select(Study).filter_by(person_id=one.id))] == ["KIT"]
    assert account_of(one).username == "loan.st"
    assert (one.birth, one.phone) == ("1990-12-22", "0912345678")
    assert [(model, believed(model, other)) for model in (Posting, Membership, Completion)] == [
        (Posting, []), (Membership, []), (Completion, [])]
    assert suspects() == []


def test_parting_gives_each_record_what_was_its_own(world, pair):
    one, other = pair
    db.session.add(Membership(person=other, group=world.reporters, valid_from=JULY))
    learned = complete(other, world.press_law, date(2026, 8, 1), by=world.an)
    make_demo_account(other, "loan.st", "x")
    nominate(world.december_class, [other], world.newspaper, by=world.hoa)
    before = posts(one), posts(other)

    part(link(one, other, by=world.an), by=world.an)

    assert (posts(one), posts(other)) == before
    assert [m.group.key for m in memberships_of(other)] == ["A"]
    (given,) = completions_of(other)
    assert (given.learned_on, given.id != learned.id) == (date(2026, 8, 1), True)
    assert [c.completion_id for c in certificates_of(other)] == [given.id]
    assert account_of(other).username == "loan.st"
    assert (one.phone, one.birth, account_of(one)) == ("", "1990", None)
    assert db.session.scalars(select(Enrolment.person_id).where(
        Enrolment.person_id.in_([one.id, other.id]))).all() == [other.id]
    assert [len(suspects()), completions_of(one), links_of(one)] == [1, [], []]


def test_what_happened_to_the_person_since_is_kept_when_they_are_parted(world, pair):
    one, other = pair
    complete(other, world.press_law, date(2026, 8, 1), by=world.an)
    made = link(one, other, by=world.an)
    (newspaper,) = [p for p in postings_of(one) if p.unit.key == "BAO"]
    end_post(newspaper, TODAY, by=world.an)
    revoke(completions_of(one)[0], TODAY, "Nhập nhầm", by=world.an)
    complete(one, world.kit, TODAY, by=world.an)

    part(made, by=world.an)

    assert posts(other) == [("BAO", True, JULY, TODAY)]
    assert [c.revoked_on for c in completions_of(other)] == [TODAY]
    assert [c.course.key for c in completions_of(one)] == ["KIT"]


def test_certificates_stay_true_through_linking_parting_and_revoking(world, pair):
    one, other = pair
    complete(other, world.press_law, date(2026, 8, 1), by=world.an)
    faults = {}
    for step in ("linked", "parted", "linked again", "revoked", "parted again"):
        if step.startswith("linked"):
            made = link(one, other, by=world.an)
        elif step == "revoked":
            revoke(completions_of(one)[0], TODAY, "Nhập nhầm", by=world.an)
        else:
            part(made, by=world.an)
        faults[step] = wrong_certificates()

    assert set(faults) == {"linked", "parted", "linked again", "revoked", "parted again"}
    assert [step for step, found in faults.items() if found] == []
    assert [c.state(TODAY) for c in certificates_of(other)] == ["revoked"]


def test_what_both_records_say_is_said_once_and_given_back_whole(world, pair):
    # Loan works at the newspaper since July, by her own record from August to October.  Both
    # records were in one class: one learning, so one certificate stands.
    one, other = pair
    held = post(one, {"unit": world.newspaper, "title": "", "main": False,
                      "valid_from": date(2026, 8, 1)}, by=world.an)
    end_post(held, date(2026, 10, 1), by=world.an)
    for person in pair:
        complete(person, world.press_law, date(2026, 8, 1), by=world.an)
    before = posts(one), posts(other)

    made = link(one, other, by=world.an)
    linked = posts(one), [c.state(TODAY) for c in certificates_of(one)]
    faults = [*overlapping_facts(), *same_completions(), *two_main_posts(), *wrong_certificates()]
    part(made, by=world.an)

    assert linked == ([
        ("BAO", False, JULY, date(2026, 8, 1)), ("BAO", False, date(2026, 8, 1),
                                                 date(2026, 10, 1)),
        ("BAO", False, date(2026, 10, 1), None), ("SVH-VP", True, JULY, None)],
        ["replaced", "valid"])
    assert (posts(one), posts(other)) == before
    assert [[c.state(TODAY) for c in certificates_of(person)] for person in pair] == [
        ["valid"], ["valid"]]
    assert [*faults, *overlapping_facts(), *same_completions(), *wrong_certificates()] == []


def test_two_accounts_become_one_door(world, pair):
    one, other = pair
    make_demo_account(one, "loan", "x")
    make_demo_account(other, "loan2", "x")

    made = link(one, other, by=world.an)
    doors = {a.username: a.closed_at is None for a in db.session.scalars(
        select(Account).where(Account.username.startswith("loan")))}
    part(made, by=world.an)

    assert doors == {"loan": True, "loan2": False}
    assert account_of(other).closed_at is None


def test_attempts_follow_with_new_numbers(world, pair):
    one, other = pair
    ended = {"paper": [], "state": "submitted", "started_at": clock.now(),
             "submitted_at": clock.now(), "passed": False}
    db.session.add_all([Attempt(quiz=world.law_quiz, person=person, number=1, **ended)
                        for person in pair])
    db.session.flush()

    link(one, other, by=world.an)

    assert db.session.scalars(select(Attempt.number).where(
        Attempt.person_id == one.id).order_by(Attempt.number)).all() == [1, 2]


def test_extra_time_goes_over_where_the_main_record_has_none(world, pair):
    one, other = pair
    for person in (other, world.lan):
        give_extra_time(world.law_quiz, person, {"percent": 50, "minutes": 0, "reason": "Đau tay"},
                        by=world.minh)

    made = link(one, other, by=world.an)
    linked = extra_time_of("law-quiz", one).percent, extra_time_of("law-quiz", other)
    part(made, by=world.an)

    assert linked == (50, None)
    assert (extra_time_of("law-quiz", one), extra_time_of("law-quiz", other).percent) == (None, 50)


def test_messages_reach_the_person_who_signs_in(world, pair):
    one, other = pair
    tell(other, "Lớp mở.", "A class opens.", "/", "loan-1", by=world.an)

    link(one, other, by=world.an)

    assert db.session.scalar(select(Notice.person_id).filter_by(key="loan-1")) == one.id


def test_a_record_with_a_role_stays_the_main_one(world, pair):
    one, _other = pair

    with pytest.raises(Refusal, match="holds a role|đang giữ một vai trò"):
        link(one, world.ha, by=world.an)


def test_what_cannot_be_linked_is_refused_with_the_reason(world, pair):
    one, other = pair
    third = entered(world)
    link(one, other, by=world.an)

    for main, second in ((one, one), (third, other), (other, third), (third, one),
                         (third, world.pao)):
        with pytest.raises(Refusal):
            link(main, second, by=world.an)

    link(one, third, by=world.an)
    assert {found.other.key for found in links_of(one)} == {other.key, third.key}


def test_a_link_is_parted_once(world, pair):
    made = link(*pair, by=world.an)
    part(made, by=world.an)

    with pytest.raises(Refusal):
        part(made, by=world.an)


def test_lists_show_one_person_and_find_them_by_either_code(world, pair):
    one, other = pair
    link(one, other, by=world.an)

    found = {search: db.session.scalars(people_seen_by(world.an, search)).all()
             for search in ("sam thi loan", one.key, other.key)}

    assert found == {"sam thi loan": [one], one.key: [one], other.key: [one]}


def test_a_list_that_names_the_other_code_means_the_person(world, pair):
    one, other = pair
    link(one, other, by=world.an)
    row = PersonRow(1, "Sầm Thị Loan", "", "", "Văn thư", "SVH-VP", "", "", other.key, "", (), ())

    planned = plan_of(row, known_on(TODAY, world.an))

    assert (planned.person_id, planned.outcome, planned.faults) == (one.id, "unchanged", [])


@pytest.mark.slow
def test_erasing_the_person_erases_both_records(world, pair):
    one, other = pair
    link(one, other, by=world.an)
    for held in postings_of(one):
        end_post(held, TODAY, by=world.an)
    asked = ask_erasure(one, "Đơn ngày 20/11/2026", by=world.vi)
    with pytest.raises(Refusal):
        ask_erasure(other, "Đơn ngày 20/11/2026", by=world.vi)

    erase(asked, by=world.an)

    assert [(r.full_name, r.phone, r.erased_at is None) for r in pair] == [
        ("Đã xóa thông tin", "", False)] * 2
    with pytest.raises(Refusal):
        part(links_of(one)[0], by=world.an)


def test_an_officer_looks_links_and_parts(world, pair, browse, monkeypatch):
    one, other = pair
    db.session.add_all([Membership(person=person, group=world.officials, valid_from=JULY)
                        for person in pair])
    db.session.commit()
    later = clock.now() + timedelta(hours=1)
    monkeypatch.setattr(clock, "source", lambda: later)
    officer = browse(world.an)
    address = f"/people/{one.id}/duplicates/{other.id}"

    assert "Sầm Thị Loan" in officer.get("/people/duplicates").text
    looked = officer.post(address, {"decision": "look"}, status=200)
    assert believed(Posting, other) != []
    done = officer.follow(officer.post(address, {"decision": "link"}))
    shown = officer.follow(officer.get(f"/people/{other.id}", status=302))
    officer.post(f"/people/{other.id}/parting")

    # Both were counted by the province until yesterday: one fewer is required.
    assert ("Tỉnh Cao Bằng Cán bộ được tập huấn và trang bị tài liệu 31/07/2026 – 24/11/2026 0 −1"
            in looked.text)
    assert f"thuộc hồ sơ Sầm Thị Loan ({one.key})" in done.text
    assert f"Hồ sơ Sầm thị Loan ({other.key}) đã ghép vào hồ sơ này" in shown.text
    assert posts(other) == [("BAO", True, JULY, None)]


def test_an_officer_keeps_two_people_apart(world, pair, browse):
    one, other = pair
    db.session.commit()

    browse(world.an).post(f"/people/{one.id}/duplicates/{other.id}", {"decision": "distinct"})

    assert suspects() == []


def test_somebody_entered_twice_is_found_from_the_persons_page(world, pair, browse):
    one, other = pair
    db.session.commit()

    page = browse(world.an).get(f"/people/{one.id}/duplicate")

    assert [url for url in page.links.values() if "/duplicates/" in url] == [
        f"/people/{one.id}/duplicates/{other.id}"]


@pytest.mark.parametrize("count", [3, 300])
def test_the_list_of_suspects_costs_the_same_however_many(world, browse, count):
    records = [Person(key=f"L{n}{twin}", full_name=f"Lý Văn {n}", birth="1990")
               for n in range(count) for twin in "ab"]
    db.session.add_all([Posting(person=record, unit=world.office, valid_from=JULY, main=main)
                        for record in records for main in (True, False)])
    db.session.commit()
    officer = browse(world.an)

    with counted() as asked:
        officer.get("/people/duplicates")

    assert len(asked) == 4
