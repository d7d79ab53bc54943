"""Whom each entry of the trail is about, so that those who follow somebody find it."""
import sqlalchemy as sa
from alembic import op

revision = '0027'
down_revision = '0026'
branch_labels = None
depends_on = None

#: So many rows are written at a time.
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
    pairs = sorted(_pairs(connection, _owners(connection)))
    table = sa.table("audit_about", sa.column("entry_id"), sa.column("person_id"))
    for start in range(0, len(pairs), PART):
        connection.execute(table.insert(), [
            {"entry_id": entry, "person_id": person}
            for entry, person in pairs[start:start + PART]])


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


def _pairs(connection, owners):
    """(entry, person) of all entries, but for what somebody did about themselves."""
    known = {owner for subject, owner in owners.items() if subject.startswith("person:")}
    entries = sa.table("audit_entry", sa.column("id"), sa.column("by_id"), sa.column("subject"),
                       sa.column("details", sa.JSON()))
    for key, by, subject, details in connection.execute(sa.select(*entries.c)):
        several = details.get(SEVERAL)
        people = {owners.get(subject), *(details.get(name) for name in ONE),
                  *(several if isinstance(several, list) else ())}
        for person in (people & known) - {by}:
            yield key, person
