"""Whom each entry of the trail is about, so that those who follow somebody find it."""
import sqlalchemy as sa
from alembic import op

revision = '0027'
down_revision = '0026'
branch_labels = None
depends_on = None

#: So many entries are looked at at a time: there may be millions.
PART = 10_000
#: The details under which an entry names people, as the first releases wrote them.
ONE, SEVERAL = ("person", "main", "other"), "people"


def upgrade():
    """Go up: told of all entries there are, by their subject and their details."""
    op.create_table(
        "audit_about",
        sa.Column("entry_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["entry_id"], ["audit_entry.id"],
                                name="fk_audit_about_entry_id_audit_entry"),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"],
                                name="fk_audit_about_person_id_person"),
        sa.PrimaryKeyConstraint("entry_id", "person_id", name="pk_audit_about"))
    op.create_index("ix_audit_about_person", "audit_about", ["person_id", "entry_id"])
    connection = op.get_bind()
    owners = _owners(connection)
    known = {owner for subject, owner in owners.items() if subject.startswith("person:")}
    table = sa.table("audit_about", sa.column("entry_id"), sa.column("person_id"))
    for entries in _parts(connection):
        told = [{"entry_id": entry.id, "person_id": person} for entry in entries
                for person in sorted(_people_of(entry, owners) & known)]
        if told:
            connection.execute(table.insert(), told)


def downgrade():
    """Go down again."""
    op.drop_table("audit_about")


def _owners(connection):
    """“table:id” → the person whose row it is."""
    found = {f"person:{key}": key
             for key, in connection.execute(sa.text("SELECT id FROM person"))}
    inspector = sa.inspect(connection)
    for name in inspector.get_table_names():
        columns = {column["name"] for column in inspector.get_columns(name)}
        if {"id", "person_id"} <= columns:
            rows = sa.select(sa.column("id"), sa.column("person_id")).select_from(sa.table(name))
            found |= {f"{name}:{key}": person for key, person in connection.execute(rows)}
    return found


def _parts(connection):
    """The entries of the trail by their ids, part by part."""
    entries = sa.table("audit_entry", sa.column("id"), sa.column("by_id"), sa.column("subject"),
                       sa.column("details", sa.JSON()))
    last = 0
    while part := connection.execute(sa.select(*entries.c).where(entries.c.id > last).order_by(
            entries.c.id).limit(PART)).all():
        yield part
        last = part[-1].id


def _people_of(entry, owners):
    """The ids of those an entry is about, but for whoever did it about themselves."""
    several = entry.details.get(SEVERAL)
    return {owners.get(entry.subject), *(entry.details.get(name) for name in ONE),
            *(several if isinstance(several, list) else ())} - {entry.by_id}
