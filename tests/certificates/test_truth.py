"""Certificates that do not agree with the completions they rest on."""
from datetime import date

from sqlalchemy import select

from lms.kernel.db import db

from certificates.models import Certificate
from certificates.truth import broken_registers, wrong_certificates
from courses.completions.actions import complete, revoke


def earned(world):
    """The certificate of Páo for press law."""
    completion = complete(world.pao, world.press_law, date(2026, 10, 5), by=world.an)
    return completion, db.session.scalars(
        select(Certificate).filter_by(completion_id=completion.id)).one()


def found():
    """The certificates at fault, with whose they are."""
    return [(fault.rows[0][1], fault.person) for fault in wrong_certificates()]


def test_a_certificate_earned_and_one_revoked_with_its_completion_are_in_order(world):
    completion, _certificate = earned(world)
    revoke(completion, date(2026, 11, 1), "Nhầm người", by=world.an)

    assert (found(), broken_registers()) == ([], [])


def test_a_certificate_that_outlives_its_completion_is_found(world):
    completion, certificate = earned(world)
    revoke(completion, date(2026, 11, 1), "Nhầm người", by=world.an)
    certificate.revoked_on = None
    db.session.flush()

    assert found() == [(certificate.id, world.pao.id)]


def test_a_certificate_of_somebody_else_or_for_learning_elsewhere_is_found(world):
    completion, certificate = earned(world)
    certificate.person = world.ha
    db.session.flush()
    assert found() == [(certificate.id, world.ha.id)]

    certificate.person, completion.source = world.pao, "outside"
    db.session.flush()
    assert found() == [(certificate.id, world.pao.id)]


def test_a_register_that_counts_too_far_is_found(world):
    _completion, certificate = earned(world)
    certificate.register.last_number += 1
    db.session.flush()

    (fault,) = broken_registers()
    assert (fault.rows, fault.said - fault.counted) == (
        (("register", certificate.register_id),), 1)
