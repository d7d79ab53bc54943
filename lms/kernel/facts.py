"""Correcting a dated fact: nobody changes its row; the old row is closed and a new one written."""
from sqlalchemy import inspect, update

from lms.kernel import clock
from lms.kernel.db import db
from lms.kernel.errors import Refusal
from lms.kernel.i18n import _
from lms.kernel.locks import lock_row

OF_THE_ROW = ("id", "recorded_at", "superseded_at")
#: So many ids stand in one statement; databases take a limited number.
AT_ONCE = 5000


def supersede(row, **changes):
    """Close the fact ``row`` at this moment and return its successor: a copy with ``changes``.

    At every moment exactly one of the two is believed.  Refuses a row that somebody else
    has corrected meanwhile.
    """
    # The row is locked and read anew: two who correct it at once must not both succeed.
    db.session.flush()
    lock_row(row)
    if row.superseded_at is not None:
        raise corrected_meanwhile()
    successor = succeeded(row, **changes)
    db.session.flush()
    return successor


def succeeded(row, **changes):
    """As ``supersede``, of a row that was locked when it was read, and is believed; neither row is
    flushed, so that many can be written at once.
    """
    columns = [column.key for column in inspect(type(row)).column_attrs]
    moment = clock.now()
    values = {name: getattr(row, name) for name in columns if name not in OF_THE_ROW}
    row.superseded_at = moment
    successor = type(row)(**{**values, **changes, "recorded_at": moment})
    db.session.add(successor)
    return successor


def close(model, ids, moment):
    """Believe the facts of ``model`` with these ``ids`` no more from ``moment`` on, many in one
    statement; what follows them is for the caller to write, recorded at that moment.

    Refuses where somebody else has corrected one of them meanwhile.
    """
    ids = sorted(ids)
    for start in range(0, len(ids), AT_ONCE):
        some = ids[start:start + AT_ONCE]
        closed = db.session.execute(
            update(model).where(model.id.in_(some), model.superseded_at.is_(None))
            .values(superseded_at=moment).returning(model.id),
            execution_options={"synchronize_session": "fetch"}).all()
        if len(closed) < len(some):
            raise corrected_meanwhile()


def corrected_meanwhile():
    """The Refusal of who would correct what somebody else has corrected since."""
    return Refusal(_("Somebody corrected this meanwhile. Open it again to see how it stands "
                     "now, then correct it if it is still wrong."))
