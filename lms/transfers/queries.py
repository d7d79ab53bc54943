"""The requests for moves between units, and what became of the person meanwhile."""
from sqlalchemy import func, or_, select
from sqlalchemy.orm import joinedload

from lms.kernel.db import db
from lms.kernel.text import fold
from lms.people.actions import main_posts
from lms.people.models import WAITING, Person, Posting
from lms.people.policies import answers_for_people, is_officer, scope_of
from lms.transfers.models import TransferRequest


def transfers_seen_by(viewer, state=""):
    """The statement of the requests that ``viewer`` may see: of the units they answer for, for
    those who read everything all.

    ``state`` is one of TransferRequest.states() or nothing.
    """
    request, states = TransferRequest, TransferRequest.states()
    statement = select(request).options(
        joinedload(request.person), joinedload(request.from_unit), joinedload(request.unit),
        joinedload(request.asked_of), joinedload(request.asked_by)).order_by(*request.in_turn())
    if state in states:
        statement = statement.where(states[state])
    scope = scope_of(viewer)
    return statement if scope is None else statement.where(
        or_(request.from_unit_id.in_(scope), request.unit_id.in_(scope)))


def transfers_waiting_for(viewer):
    """How many requests wait for the decision of ``viewer``, or of others beside them."""
    if not is_officer(viewer) and not answers_for_people(viewer):
        return 0
    request, scope = TransferRequest, None if is_officer(viewer) else scope_of(viewer)
    statement = select(func.count()).select_from(request).where(
        request.states()[WAITING], request.person_id != viewer.id,
        or_(request.asked_by_id.is_(None), request.asked_by_id != viewer.id))
    return db.session.scalar(statement if scope is None else statement.where(
        request.asked_of_id.in_(scope)))


def waiting_transfer(person):
    """The request about ``person`` that nobody has decided, or None."""
    return db.session.scalar(select(TransferRequest).where(
        TransferRequest.person_id == person.id, TransferRequest.states()[WAITING]).limit(1))


def moved_meanwhile(request):
    """Whether the person has no main post in the former unit any more on the day asked for, or
    another one was recorded since that begins later."""
    held = main_posts(request.person, request.valid_from)
    if not held or held[0].unit_id != request.from_unit_id:
        return True
    return db.session.scalar(select(Posting.id).where(
        Posting.person_id == request.person_id, Posting.known_at(), Posting.main,
        Posting.valid_from > request.valid_from,
        Posting.recorded_at > request.asked_at).limit(1)) is not None


def people_known_as(name, key, birth):
    """The people with this full name whose staff code is ``key`` or who were born on ``birth``
    (``1985-02-05`` or ``1985``), each as the main record; at most two.

    Somebody of another unit is found by what is known of them only, never by looking around.
    """
    # A year known alone, there or here, fits every day of it.
    born = [Person.birth.startswith(birth), Person.birth == birth[:4]] if birth else []
    found = db.session.scalars(select(Person).where(
        Person.fold == fold(name), Person.erased_at.is_(None),
        or_(Person.key == key, *born)).order_by(Person.id)).all()
    main = {person.main_id or person.id for person in found}
    return [db.session.get(Person, person) for person in sorted(main)[:2]]
