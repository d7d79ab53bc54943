"""The facts of few people are read from indexes that hold all that figures ask."""
from alembic import op

revision = '0019'
down_revision = '0018'
branch_labels = None
depends_on = None

#: (table, the index that goes, its column, the index that comes, its columns)
INDEXES = (
    ("completion", "ix_completion_person_id", "person_id", "ix_completion_person", (
        "person_id", "course_id", "learned_on", "valid_until", "revoked_on", "recorded_at",
        "superseded_at")),
    ("membership", "ix_membership_person_id", "person_id", "ix_membership_person", (
        "person_id", "group_id", "valid_from", "valid_to", "recorded_at", "superseded_at")),
    ("posting", "ix_posting_unit_id", "unit_id", "ix_posting_unit", (
        "unit_id", "person_id", "valid_from", "valid_to", "recorded_at", "superseded_at")),
)


def upgrade():
    """Go up."""
    for table, old, _column, new, columns in INDEXES:
        op.create_index(new, table, list(columns))
        op.drop_index(old, table_name=table)


def downgrade():
    """Go down again."""
    for table, old, column, new, _columns in INDEXES:
        op.create_index(old, table, [column])
        op.drop_index(new, table_name=table)
