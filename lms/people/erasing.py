"""Erasing what identifies somebody who left; every fact stays, under a pseudonym."""
from sqlalchemy import null, select, update

from lms.kernel import audit, clock, storage
from lms.kernel.db import db
from lms.kernel.errors import Refusal
from lms.kernel.i18n import _
from lms.kernel.locks import advisory_lock, lock_row
from lms.kernel.naming import take_out
from lms.kernel.text import fold
from lms.people.import_reading import names_beside
from lms.people.mentions import ERASED, REOPENED, SETTLED, mentions_left, mentions_of
from lms.people.models import ErasureRequest, Import, ImportEffect, Person, Posting, Role
from lms.people.queries import naming_of
from lms.people.signals import person_erased

#: What stands in the place of a name, in every language and on every paper.
NAMELESS = "Đã xóa thông tin"
#: So many lists that are kept no longer go at once.
LISTS_AT_ONCE = 20


def ask_erasure(person, reason, by):
    """Ask that what identifies ``person`` is erased; an officer decides, who is not ``by``.

    People ask for themselves, or one officer for them with the reason.  Refused while they hold a
    post or a role, or where it is asked for already.
    """
    _refuse_while_here(person)
    if person.erased_at is not None or waiting_request(person):
        raise Refusal(_("This is asked for already, or done."))
    if not reason and by.id != person.id:
        raise Refusal(_("Give the reason, for example who asked for it and when."))
    asked = ErasureRequest(person=person, reason=reason, asked_by_id=by.id)
    db.session.add(asked)
    db.session.flush()
    audit.record(by, "erasure asked", asked, person=person.id)
    return asked


def waiting_request(person):
    """The request to erase ``person`` that nobody has decided, or None."""
    return db.session.scalar(select(ErasureRequest).where(
        ErasureRequest.person_id == person.id, ErasureRequest.decided_at.is_(None)))


def last_request(person):
    """The newest request to erase ``person``, decided or not, or None."""
    return db.session.scalars(select(ErasureRequest).where(
        ErasureRequest.person_id == person.id).order_by(ErasureRequest.id.desc()).limit(1)).first()


def decline_erasure(asked, by):
    """Keep everything as it is; whoever asked takes the request back with it."""
    _decide(asked, by, done=False)
    audit.record(by, "erasure taken back" if asked.taken_back else "erasure declined", asked,
                 person=asked.person_id)


def take_back_own(person):
    """``person`` does not want to be erased after all."""
    asked = waiting_request(person)
    if asked is None or asked.asked_by_id != person.id:
        raise Refusal(_("No request of yours waits. Open the page again to see how it stands."))
    decline_erasure(asked, by=person)


def erase(asked, by):
    """Erase what identifies the person: name, birth, contact, account, lists with the name.

    Their posts, groups, completions, exemptions and certificates stay under a pseudonym, so
    that no figure of any day changes.  Texts written for many are left to a person: the trail
    says which they were (``mentions_left``).  It cannot be undone.  Two officers: who asked does
    not decide (authorisation matrix, row 65).
    """
    _decide(asked, by, done=True)
    person = asked.person
    _refuse_while_here(person)
    mentions = mentions_of(person)
    linked = db.session.scalars(select(Person).where(Person.main_id == person.id)).all()
    rewritten = {}
    for record in (*linked, person):
        rewritten |= _forget(record)
    asked.reason = ""
    db.session.flush()
    audit.record(by, ERASED, person, mentions=mentions, **{audit.REWRITTEN: rewritten})


def settle_mention(asked, name, by, done=True):
    """Note that the text ``name`` (of a ``Mention``) was dealt with after the erasure: the name
    is out of it, or stays in it for a reason; ``done`` is False where it is to be looked at again.
    """
    shelf, _colon, key = name.partition(":")
    if not asked.done or key not in map(str, (mentions_left(asked.person) or {}).get(shelf, ())):
        raise Refusal(_("This text is not on the list of those that held the name. Open the "
                        "request again."))
    audit.record(by, SETTLED if done else REOPENED, asked, mention=name)


def _forget(person):
    """Erase one record; gives the fingerprints of the traces that were rewritten."""
    naming, email = naming_of(person), person.email
    _forget_lists(person)
    person.full_name, person.key = NAMELESS, f"X{person.id:06d}"
    person.birth = person.gender = person.phone = person.email = ""
    person.erased_at = clock.now()
    db.session.flush()
    rewritten = audit.forget(naming, NAMELESS)
    take_out((ErasureRequest.reason,), naming, NAMELESS)
    take_out((storage.StoredFile.name,), naming.of_name_alone(), NAMELESS)
    person_erased.send(person, naming=naming, email=email)
    return rewritten


def _decide(asked, by, done):
    advisory_lock("erasure")
    lock_row(asked)
    if asked.decided_at is not None:
        raise Refusal(_("This request is decided already."))
    if asked.asked_by_id == by.id and done:
        raise Refusal(_("Whoever asked for it does not decide it. Another training officer "
                        "erases."))
    asked.decided_at, asked.decided_by_id, asked.done = clock.now(), by.id, done
    db.session.flush()


def still_here(person):
    """Whether ``person`` holds a post or a role today or from a later day on."""
    today = clock.today()
    posts = select(Posting.id).where(
        Posting.person_id == person.id, Posting.known_at(), Posting.ends_after(today))
    roles = select(Role.id).where(Role.person_id == person.id, Role.ends_after(today))
    return any(db.session.scalar(held.limit(1)) is not None for held in (posts, roles))


def _refuse_while_here(person):
    if person.main_id is not None:
        raise Refusal(_("This record is linked to another one. Erase that one; both go together."))
    if still_here(person):
        raise Refusal(_("%(name)s still holds a post or a role. End it first; who works here "
                        "stays in the lists by name.", name=person.full_name))


def _forget_lists(person):
    """The clerk's lists in which the name stands lose their file and their rows."""
    touched = set(db.session.scalars(select(ImportEffect.import_id).where(
        ImportEffect.table == "person", ImportEffect.row_id == person.id)))
    for batch in db.session.scalars(select(Import)):
        if batch.id in touched or _names(batch, person):
            _empty(batch)
    for effect in db.session.scalars(select(ImportEffect).where(
            ImportEffect.table == "person", ImportEffect.row_id == person.id)):
        effect.before = None


def let_go_of_lists(before):
    """The clerk's lists from before that moment lose their file and their rows, and what stood
    before in the records they changed: nobody takes them back any more.
    """
    for batch in db.session.scalars(
            select(Import).join(Import.file).where(Import.uploaded_at < before,
                                                   storage.StoredFile.size > 0)
            .order_by(Import.id).limit(LISTS_AT_ONCE)).all():
        _empty(batch)
        db.session.execute(update(ImportEffect).where(ImportEffect.import_id == batch.id)
                           .values(before=null()))


def _names(batch, person):
    """Whether a row of the file is, or may be, about ``person``."""
    if batch.plan is None:
        return True
    read = any(row["person_id"] == person.id or fold(row["row"]["full_name"]) == person.fold
               for row in batch.plan["rows"])
    left_out = any(person.fold in fold(text) for _line, text in batch.plan.get("ignored", ()))
    return read or left_out or person.fold in names_beside(batch)


def _empty(batch):
    counts = (batch.plan or {}).get("counts", {})
    batch.plan, batch.edits = {"erased": True, "rows": [], "counts": counts}, {}
    storage.forget_all_of(batch.file, "danh-sach")
