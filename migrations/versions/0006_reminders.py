"""Letters, messages, ladders and reminders."""
import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade():
    """Go up."""
    op.create_table('letter',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('dedupe_key', sa.String(), nullable=False),
    sa.Column('to', sa.String(), nullable=False),
    sa.Column('subject', sa.String(), nullable=False),
    sa.Column('body', sa.Text(), nullable=False),
    sa.Column('state', sa.String(), nullable=False),
    sa.Column('attempts', sa.Integer(), nullable=False),
    sa.Column('posted_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('next_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('sent_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('fault', sa.String(), nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_letter')),
    sa.UniqueConstraint('dedupe_key', name=op.f('uq_letter_dedupe_key'))
    )
    with op.batch_alter_table('letter', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_letter_next_at'), ['next_at'], unique=False)
        batch_op.create_index(batch_op.f('ix_letter_posted_at'), ['posted_at'], unique=False)

    op.create_table('notice',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('person_id', sa.Integer(), nullable=False),
    sa.Column('key', sa.String(), nullable=False),
    sa.Column('text_vi', sa.String(), nullable=False),
    sa.Column('text_en', sa.String(), nullable=False),
    sa.Column('url', sa.String(), nullable=False),
    sa.Column('told_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('read_at', sa.DateTime(timezone=True), nullable=True),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_notice_person_id_person')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_notice')),
    sa.UniqueConstraint('key', name=op.f('uq_notice_key'))
    )
    with op.batch_alter_table('notice', schema=None) as batch_op:
        batch_op.create_index('ix_notice_person_read', ['person_id', 'read_at'], unique=False)
        batch_op.create_index(batch_op.f('ix_notice_told_at'), ['told_at'], unique=False)

    op.create_table('ladder',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('goal_id', sa.Integer(), nullable=False),
    sa.Column('steps', sa.JSON(), nullable=False),
    sa.Column('paused_at', sa.DateTime(timezone=True), nullable=True),
    sa.ForeignKeyConstraint(['goal_id'], ['goal.id'], name=op.f('fk_ladder_goal_id_goal')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_ladder')),
    sa.UniqueConstraint('goal_id', name=op.f('uq_ladder_goal_id'))
    )
    op.create_table('reminder_run',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('on', sa.Date(), nullable=False),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_reminder_run')),
    sa.UniqueConstraint('on', name=op.f('uq_reminder_run_on'))
    )
    op.create_table('reminder',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('key', sa.String(), nullable=False),
    sa.Column('kind', sa.String(), nullable=False),
    sa.Column('to_id', sa.Integer(), nullable=False),
    sa.Column('goal_id', sa.Integer(), nullable=True),
    sa.Column('due_on', sa.Date(), nullable=True),
    sa.Column('made_on', sa.Date(), nullable=False),
    sa.Column('by_id', sa.Integer(), nullable=True),
    sa.Column('notice_id', sa.Integer(), nullable=True),
    sa.Column('letter_id', sa.Integer(), nullable=True),
    sa.ForeignKeyConstraint(['by_id'], ['person.id'], name=op.f('fk_reminder_by_id_person')),
    sa.ForeignKeyConstraint(['goal_id'], ['goal.id'], name=op.f('fk_reminder_goal_id_goal')),
    sa.ForeignKeyConstraint(['letter_id'], ['letter.id'],
                            name=op.f('fk_reminder_letter_id_letter'), ondelete='SET NULL'),
    sa.ForeignKeyConstraint(['notice_id'], ['notice.id'],
                            name=op.f('fk_reminder_notice_id_notice'), ondelete='SET NULL'),
    sa.ForeignKeyConstraint(['to_id'], ['person.id'], name=op.f('fk_reminder_to_id_person')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_reminder')),
    sa.UniqueConstraint('key', name=op.f('uq_reminder_key'))
    )
    with op.batch_alter_table('reminder', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_reminder_goal_id'), ['goal_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_reminder_letter_id'), ['letter_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_reminder_made_on'), ['made_on'], unique=False)
        batch_op.create_index(batch_op.f('ix_reminder_notice_id'), ['notice_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_reminder_to_id'), ['to_id'], unique=False)


def downgrade():
    """Go down again."""
    op.drop_table('reminder')
    op.drop_table('reminder_run')
    op.drop_table('ladder')
    op.drop_table('notice')
    op.drop_table('letter')
