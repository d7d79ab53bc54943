"""Locked reports."""
import sqlalchemy as sa
from alembic import op

revision = '0008'
down_revision = '0007'
branch_labels = None
depends_on = None


def upgrade():
    """Go up."""
    op.create_table('locked_report',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('code', sa.String(), nullable=False),
    sa.Column('title', sa.String(), nullable=False),
    sa.Column('begins_on', sa.Date(), nullable=False),
    sa.Column('on', sa.Date(), nullable=False),
    sa.Column('known_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('unit_id', sa.Integer(), nullable=False),
    sa.Column('locked_by_id', sa.Integer(), nullable=True),
    sa.Column('goals', sa.JSON(), nullable=False),
    sa.Column('units', sa.JSON(), nullable=False),
    sa.Column('numbers', sa.JSON(), nullable=False),
    sa.Column('heading', sa.JSON(), nullable=False),
    sa.Column('sha256', sa.String(), nullable=False),
    sa.Column('ended_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('ended_by_id', sa.Integer(), nullable=True),
    sa.Column('reason', sa.String(), nullable=False),
    sa.Column('replaced_by_id', sa.Integer(), nullable=True),
    sa.ForeignKeyConstraint(['ended_by_id'], ['person.id'], name=op.f('fk_locked_report_ended_by_id_person')),
    sa.ForeignKeyConstraint(['locked_by_id'], ['person.id'], name=op.f('fk_locked_report_locked_by_id_person')),
    sa.ForeignKeyConstraint(['replaced_by_id'], ['locked_report.id'], name=op.f('fk_locked_report_replaced_by_id_locked_report')),
    sa.ForeignKeyConstraint(['unit_id'], ['unit.id'], name=op.f('fk_locked_report_unit_id_unit')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_locked_report')),
    sa.UniqueConstraint('code', name=op.f('uq_locked_report_code'))
    )
    with op.batch_alter_table('locked_report', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_locked_report_known_at'), ['known_at'], unique=False)
        batch_op.create_index(batch_op.f('ix_locked_report_on'), ['on'], unique=False)
        batch_op.create_index(batch_op.f('ix_locked_report_unit_id'), ['unit_id'], unique=False)

    op.create_table('locked_figure',
    sa.Column('report_id', sa.Integer(), nullable=False),
    sa.Column('goal_id', sa.Integer(), nullable=False),
    sa.Column('unit_id', sa.Integer(), nullable=False),
    sa.Column('members', sa.Integer(), nullable=False),
    sa.Column('exempt', sa.Integer(), nullable=False),
    sa.Column('met', sa.Integer(), nullable=False),
    sa.Column('overdue', sa.Integer(), nullable=False),
    sa.Column('within_time', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['goal_id'], ['goal.id'], name=op.f('fk_locked_figure_goal_id_goal')),
    sa.ForeignKeyConstraint(['report_id'], ['locked_report.id'], name=op.f('fk_locked_figure_report_id_locked_report')),
    sa.ForeignKeyConstraint(['unit_id'], ['unit.id'], name=op.f('fk_locked_figure_unit_id_unit')),
    sa.PrimaryKeyConstraint('report_id', 'goal_id', 'unit_id', name=op.f('pk_locked_figure'))
    )
    op.create_table('locked_person',
    sa.Column('report_id', sa.Integer(), nullable=False),
    sa.Column('goal_id', sa.Integer(), nullable=False),
    sa.Column('person_id', sa.Integer(), nullable=False),
    sa.Column('status', sa.String(), nullable=False),
    sa.Column('units', sa.JSON(), nullable=False),
    sa.ForeignKeyConstraint(['goal_id'], ['goal.id'], name=op.f('fk_locked_person_goal_id_goal')),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_locked_person_person_id_person')),
    sa.ForeignKeyConstraint(['report_id'], ['locked_report.id'], name=op.f('fk_locked_person_report_id_locked_report')),
    sa.PrimaryKeyConstraint('report_id', 'goal_id', 'person_id', name=op.f('pk_locked_person'))
    )
    with op.batch_alter_table('locked_person', schema=None) as batch_op:
        batch_op.create_index('ix_locked_person_person', ['person_id', 'report_id'], unique=False)


def downgrade():
    """Go down."""
    op.drop_table('locked_person')
    op.drop_table('locked_figure')
    op.drop_table('locked_report')
