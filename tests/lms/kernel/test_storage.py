"""Files are kept by their content, and forgotten when nobody's row needs it any more."""
from io import BytesIO

from lms.kernel.db import db
from lms.kernel.storage import forget_all_of, keep

from tests.world import PDF


def test_bytes_that_came_twice_stay_until_both_are_forgotten(world):
    first, second = (keep(BytesIO(PDF + b" twice"), "giay.pdf") for _time in range(2))
    db.session.commit()

    forget_all_of(first, "giay")
    db.session.commit()
    assert (first.size, second.path.exists()) == (0, True)

    forget_all_of(second, "giay")
    db.session.commit()
    assert not second.path.exists()


def test_what_is_forgotten_in_a_transaction_that_fails_stays(world):
    kept = keep(BytesIO(PDF + b" stays"), "giay.pdf")
    db.session.commit()

    forget_all_of(kept, "giay")
    db.session.rollback()
    db.session.commit()

    assert (kept.name, kept.path.exists()) == ("giay.pdf", True)
