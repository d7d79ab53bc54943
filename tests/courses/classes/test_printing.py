"""What stands on the lists that the participants of a class sign."""
from datetime import date

from lms.kernel.db import db
from lms.organisations.models import Placement, Unit

from courses.classes.actions import nominate
from courses.classes.drawing import Participant
from courses.classes.printing import participants, sheet_of, superior_of
from courses.classes.queries.lecturers import lecturer_names


def test_a_list_names_the_people_by_year_of_birth_unit_and_title(world):
    nominate(world.december_class, [world.pao], world.office, by=world.ha)

    assert participants(world.december_class) == (
        Participant("Nông Thị Lan", "1991", "Báo Cao Bằng", "Phóng viên"),
        Participant("Vàng A Páo", "1988", "Văn phòng Sở Văn hóa", "Chuyên viên"))


def test_a_list_says_whose_class_it_is_and_who_leads_the_session(world):
    sheet = sheet_of(world.first_session, (), superior_of(world.december_class),
                     lecturer_names(world.december_class))

    assert (sheet.superior, sheet.issuer, sheet.class_code, sheet.day, sheet.half, sheet.trainer,
            sheet.place) == (
        "UBND tỉnh Cao Bằng", "Sở Văn hóa", "LBC-2026-02", date(2026, 12, 1), "morning",
        "Triệu Văn Minh", "Hội trường tầng 2")


def test_a_block_of_units_is_not_their_superior(world):
    block = Unit(key="KHOI", name_vi="Khối Ủy ban nhân dân", kind="block",
                 valid_from=date(2018, 1, 1))
    for placement in db.session.query(Placement).filter_by(unit_id=world.department.id):
        placement.parent = block
    db.session.add_all([block, Placement(unit=block, parent=world.province,
                                         valid_from=date(2018, 1, 1))])
    db.session.flush()

    assert superior_of(world.december_class) == "UBND tỉnh Cao Bằng"
