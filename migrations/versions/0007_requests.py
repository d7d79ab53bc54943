"""Requests for exemptions, learning elsewhere, and the looks over all facts."""
import sqlalchemy as sa
from alembic import op

revision = '0007'
down_revision = '0006'
branch_labels = None
depends_on = None


def upgrade():
    """Go up."""
    op.create_table('outside_learning',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('person_id', sa.Integer(), nullable=False),
    sa.Column('course_name', sa.String(), nullable=False),
    sa.Column('institution', sa.String(), nullable=False),
    sa.Column('learned_on', sa.Date(), nullable=False),
    sa.Column('periods', sa.Integer(), nullable=True),
    sa.Column('file_id', sa.Integer(), nullable=False),
    sa.Column('asked_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('asked_by_id', sa.Integer(), nullable=True),
    sa.Column('decided_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('decided_by_id', sa.Integer(), nullable=True),
    sa.Column('answer', sa.String(), nullable=False),
    sa.Column('course_id', sa.Integer(), nullable=True),
    sa.Column('completion_id', sa.Integer(), nullable=True),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_outside_learning_person_id_person')),
    sa.ForeignKeyConstraint(['file_id'], ['stored_file.id'], name=op.f('fk_outside_learning_file_id_stored_file')),
    sa.ForeignKeyConstraint(['asked_by_id'], ['person.id'], name=op.f('fk_outside_learning_asked_by_id_person')),
    sa.ForeignKeyConstraint(['decided_by_id'], ['person.id'], name=op.f('fk_outside_learning_decided_by_id_person')),
    sa.ForeignKeyConstraint(['course_id'], ['course.id'], name=op.f('fk_outside_learning_course_id_course')),
    sa.ForeignKeyConstraint(['completion_id'], ['completion.id'], name=op.f('fk_outside_learning_completion_id_completion')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_outside_learning'))
    )
    with op.batch_alter_table('outside_learning', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_outside_learning_person_id'), ['person_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_outside_learning_decided_at'), ['decided_at'], unique=False)
        batch_op.create_index(batch_op.f('ix_outside_learning_completion_id'), ['completion_id'], unique=False)

    op.create_table('exemption_request',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('goal_id', sa.Integer(), nullable=False),
    sa.Column('person_id', sa.Integer(), nullable=False),
    sa.Column('unit_id', sa.Integer(), nullable=True),
    sa.Column('kind', sa.String(), nullable=False),
    sa.Column('reason', sa.String(), nullable=False),
    sa.Column('file_id', sa.Integer(), nullable=False),
    sa.Column('asked_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('asked_by_id', sa.Integer(), nullable=True),
    sa.Column('decided_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('decided_by_id', sa.Integer(), nullable=True),
    sa.Column('answer', sa.String(), nullable=False),
    sa.Column('exemption_id', sa.Integer(), nullable=True),
    sa.Column('valid_from', sa.Date(), nullable=False),
    sa.Column('valid_to', sa.Date(), nullable=True),
    sa.ForeignKeyConstraint(['goal_id'], ['goal.id'], name=op.f('fk_exemption_request_goal_id_goal')),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_exemption_request_person_id_person')),
    sa.ForeignKeyConstraint(['unit_id'], ['unit.id'], name=op.f('fk_exemption_request_unit_id_unit')),
    sa.ForeignKeyConstraint(['file_id'], ['stored_file.id'], name=op.f('fk_exemption_request_file_id_stored_file')),
    sa.ForeignKeyConstraint(['asked_by_id'], ['person.id'], name=op.f('fk_exemption_request_asked_by_id_person')),
    sa.ForeignKeyConstraint(['decided_by_id'], ['person.id'], name=op.f('fk_exemption_request_decided_by_id_person')),
    sa.ForeignKeyConstraint(['exemption_id'], ['exemption.id'], name=op.f('fk_exemption_request_exemption_id_exemption')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_exemption_request'))
    )
    with op.batch_alter_table('exemption_request', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_exemption_request_person_id'), ['person_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_exemption_request_unit_id'), ['unit_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_exemption_request_decided_at'), ['decided_at'], unique=False)
        batch_op.create_index(batch_op.f('ix_exemption_request_exemption_id'), ['exemption_id'], unique=False)

    op.create_table('truth_check',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('night', sa.Date(), nullable=True),
    sa.Column('ended_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('counts', sa.JSON(), nullable=False),
    sa.Column('faults', sa.JSON(), nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_truth_check')),
    sa.UniqueConstraint('night', name=op.f('uq_truth_check_night'))
    )
    with op.batch_alter_table('truth_check', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_truth_check_ended_at'), ['ended_at'], unique=False)


def downgrade():
    """Go down."""
    op.drop_table('truth_check')
    op.drop_table('exemption_request')
    op.drop_table('outside_learning')
