"""Rules by which people belong to groups."""
import sqlalchemy as sa
from alembic import op

revision = '0010'
down_revision = '0007'
branch_labels = None
depends_on = None


def upgrade():
    """Go up."""
    op.create_table('group_rule',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('group_id', sa.Integer(), nullable=False),
    sa.Column('titles', sa.String(), nullable=False),
    sa.Column('kinds', sa.String(), nullable=False),
    sa.Column('units', sa.String(), nullable=False),
    sa.Column('valid_from', sa.Date(), nullable=False),
    sa.Column('valid_to', sa.Date(), nullable=True),
    sa.Column('recorded_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('superseded_at', sa.DateTime(timezone=True), nullable=True),
    sa.ForeignKeyConstraint(['group_id'], ['target_group.id'], name=op.f('fk_group_rule_group_id_target_group')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_group_rule'))
    )
    with op.batch_alter_table('group_rule', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_group_rule_group_id'), ['group_id'], unique=False)


def downgrade():
    """Go down."""
    op.drop_table('group_rule')
