"""Courses, classes, completions, goals."""
import sqlalchemy as sa
from alembic import op

revision = '0002'
down_revision = '0001'
branch_labels = None
depends_on = None


def upgrade():
    """Go up."""
    op.create_table('course',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('key', sa.String(), nullable=False),
    sa.Column('title_vi', sa.String(), nullable=False),
    sa.Column('title_en', sa.String(), nullable=False),
    sa.Column('summary_vi', sa.String(), nullable=False),
    sa.Column('summary_en', sa.String(), nullable=False),
    sa.Column('validity_months', sa.Integer(), nullable=True),
    sa.Column('periods', sa.Integer(), nullable=False),
    sa.Column('mode', sa.String(), nullable=False),
    sa.Column('content_kind', sa.String(), nullable=False),
    sa.Column('legal_basis', sa.String(), nullable=False),
    sa.Column('reviewed_on', sa.Date(), nullable=True),
    sa.Column('certified', sa.Boolean(), nullable=False),
    sa.Column('open', sa.Boolean(), nullable=False),
    sa.Column('owner_id', sa.Integer(), nullable=True),
    sa.Column('withdrawn_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('fold', sa.String(), nullable=False),
    sa.ForeignKeyConstraint(['owner_id'], ['unit.id'], name=op.f('fk_course_owner_id_unit')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_course')),
    sa.UniqueConstraint('key', name=op.f('uq_course_key'))
    )
    with op.batch_alter_table('course', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_course_fold'), ['fold'], unique=False)

    op.create_table('goal',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('key', sa.String(), nullable=False),
    sa.Column('group_id', sa.Integer(), nullable=False),
    sa.Column('title_vi', sa.String(), nullable=False),
    sa.Column('title_en', sa.String(), nullable=False),
    sa.Column('share', sa.Numeric(precision=5, scale=2), nullable=True),
    sa.Column('due_days', sa.Integer(), nullable=True),
    sa.Column('deadline', sa.Date(), nullable=True),
    sa.Column('basis', sa.String(), nullable=False),
    sa.Column('valid_from', sa.Date(), nullable=False),
    sa.Column('valid_to', sa.Date(), nullable=True),
    sa.ForeignKeyConstraint(['group_id'], ['target_group.id'], name=op.f('fk_goal_group_id_target_group')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_goal')),
    sa.UniqueConstraint('key', name=op.f('uq_goal_key'))
    )
    op.create_table('place',
    sa.Column('person_id', sa.Integer(), nullable=False),
    sa.Column('lineage', sa.String(), nullable=False),
    sa.Column('seconds', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_place_person_id_person')),
    sa.PrimaryKeyConstraint('person_id', 'lineage', name=op.f('pk_place'))
    )
    op.create_table('course_class',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('code', sa.String(), nullable=False),
    sa.Column('title_vi', sa.String(), nullable=False),
    sa.Column('title_en', sa.String(), nullable=False),
    sa.Column('course_id', sa.Integer(), nullable=False),
    sa.Column('organiser_id', sa.Integer(), nullable=False),
    sa.Column('mode', sa.String(), nullable=False),
    sa.Column('starts_on', sa.Date(), nullable=False),
    sa.Column('ends_on', sa.Date(), nullable=False),
    sa.Column('place', sa.String(), nullable=False),
    sa.Column('seats', sa.Integer(), nullable=True),
    sa.Column('decision', sa.String(), nullable=False),
    sa.Column('attendance_min', sa.Integer(), nullable=False),
    sa.Column('pass_mark', sa.Integer(), nullable=True),
    sa.Column('internal', sa.Boolean(), nullable=False),
    sa.Column('opened_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('closed_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('cancelled_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('cancel_reason', sa.String(), nullable=False),
    sa.Column('fold', sa.String(), nullable=False),
    sa.ForeignKeyConstraint(['course_id'], ['course.id'], name=op.f('fk_course_class_course_id_course')),
    sa.ForeignKeyConstraint(['organiser_id'], ['unit.id'], name=op.f('fk_course_class_organiser_id_unit')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_course_class')),
    sa.UniqueConstraint('code', name=op.f('uq_course_class_code'))
    )
    with op.batch_alter_table('course_class', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_course_class_course_id'), ['course_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_course_class_fold'), ['fold'], unique=False)
        batch_op.create_index(batch_op.f('ix_course_class_starts_on'), ['starts_on'], unique=False)

    op.create_table('course_trainer',
    sa.Column('course_id', sa.Integer(), nullable=False),
    sa.Column('person_id', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['course_id'], ['course.id'], name=op.f('fk_course_trainer_course_id_course')),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_course_trainer_person_id_person')),
    sa.PrimaryKeyConstraint('course_id', 'person_id', name=op.f('pk_course_trainer'))
    )
    with op.batch_alter_table('course_trainer', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_course_trainer_person_id'), ['person_id'], unique=False)

    op.create_table('course_version',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('course_id', sa.Integer(), nullable=False),
    sa.Column('number', sa.Integer(), nullable=False),
    sa.Column('published_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('note', sa.String(), nullable=False),
    sa.ForeignKeyConstraint(['course_id'], ['course.id'], name=op.f('fk_course_version_course_id_course')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_course_version')),
    sa.UniqueConstraint('course_id', 'number', name=op.f('uq_course_version_course_id_number'))
    )
    op.create_table('exemption',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('goal_id', sa.Integer(), nullable=False),
    sa.Column('person_id', sa.Integer(), nullable=False),
    sa.Column('kind', sa.String(), nullable=False),
    sa.Column('reason', sa.String(), nullable=False),
    sa.Column('approved_by_id', sa.Integer(), nullable=True),
    sa.Column('valid_from', sa.Date(), nullable=False),
    sa.Column('valid_to', sa.Date(), nullable=True),
    sa.Column('recorded_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('superseded_at', sa.DateTime(timezone=True), nullable=True),
    sa.ForeignKeyConstraint(['approved_by_id'], ['person.id'], name=op.f('fk_exemption_approved_by_id_person')),
    sa.ForeignKeyConstraint(['goal_id'], ['goal.id'], name=op.f('fk_exemption_goal_id_goal')),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_exemption_person_id_person')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_exemption'))
    )
    with op.batch_alter_table('exemption', schema=None) as batch_op:
        batch_op.create_index('ix_exemption_goal_person', ['goal_id', 'person_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_exemption_person_id'), ['person_id'], unique=False)

    op.create_table('goal_course',
    sa.Column('goal_id', sa.Integer(), nullable=False),
    sa.Column('course_id', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['course_id'], ['course.id'], name=op.f('fk_goal_course_course_id_course')),
    sa.ForeignKeyConstraint(['goal_id'], ['goal.id'], name=op.f('fk_goal_course_goal_id_goal')),
    sa.PrimaryKeyConstraint('goal_id', 'course_id', name=op.f('pk_goal_course'))
    )
    op.create_table('picture',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('course_id', sa.Integer(), nullable=False),
    sa.Column('file_id', sa.Integer(), nullable=False),
    sa.Column('alternative', sa.String(), nullable=False),
    sa.Column('width', sa.Integer(), nullable=False),
    sa.Column('height', sa.Integer(), nullable=False),
    sa.Column('made_at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['course_id'], ['course.id'], name=op.f('fk_picture_course_id_course')),
    sa.ForeignKeyConstraint(['file_id'], ['stored_file.id'], name=op.f('fk_picture_file_id_stored_file')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_picture'))
    )
    with op.batch_alter_table('picture', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_picture_file_id'), ['file_id'], unique=False)

    op.create_table('activity',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('kind', sa.String(), nullable=False),
    sa.Column('version_id', sa.Integer(), nullable=False),
    sa.Column('lineage', sa.String(), nullable=False),
    sa.Column('position', sa.Integer(), nullable=False),
    sa.Column('title_vi', sa.String(), nullable=False),
    sa.Column('title_en', sa.String(), nullable=False),
    sa.Column('minutes', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['version_id'], ['course_version.id'], name=op.f('fk_activity_version_id_course_version')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_activity'))
    )
    with op.batch_alter_table('activity', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_activity_lineage'), ['lineage'], unique=False)
        batch_op.create_index(batch_op.f('ix_activity_version_id'), ['version_id'], unique=False)

    op.create_table('class_session',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('class_id', sa.Integer(), nullable=False),
    sa.Column('on', sa.Date(), nullable=False),
    sa.Column('half', sa.String(), nullable=False),
    sa.Column('half_order', sa.Integer(), nullable=False),
    sa.Column('topic_vi', sa.String(), nullable=False),
    sa.Column('topic_en', sa.String(), nullable=False),
    sa.Column('trainer_id', sa.Integer(), nullable=True),
    sa.Column('periods', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['class_id'], ['course_class.id'], name=op.f('fk_class_session_class_id_course_class')),
    sa.ForeignKeyConstraint(['trainer_id'], ['person.id'], name=op.f('fk_class_session_trainer_id_person')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_class_session')),
    sa.UniqueConstraint('class_id', 'on', 'half', name=op.f('uq_class_session_class_id_on_half'))
    )
    with op.batch_alter_table('class_session', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_class_session_class_id'), ['class_id'], unique=False)

    op.create_table('class_trainer',
    sa.Column('class_id', sa.Integer(), nullable=False),
    sa.Column('person_id', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['class_id'], ['course_class.id'], name=op.f('fk_class_trainer_class_id_course_class')),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_class_trainer_person_id_person')),
    sa.PrimaryKeyConstraint('class_id', 'person_id', name=op.f('pk_class_trainer'))
    )
    with op.batch_alter_table('class_trainer', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_class_trainer_person_id'), ['person_id'], unique=False)

    op.create_table('completion',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('person_id', sa.Integer(), nullable=False),
    sa.Column('course_id', sa.Integer(), nullable=False),
    sa.Column('learned_on', sa.Date(), nullable=False),
    sa.Column('valid_until', sa.Date(), nullable=True),
    sa.Column('source', sa.String(), nullable=False),
    sa.Column('evidence', sa.String(), nullable=False),
    sa.Column('mark', sa.Numeric(precision=5, scale=2), nullable=True),
    sa.Column('revoked_on', sa.Date(), nullable=True),
    sa.Column('class_id', sa.Integer(), nullable=True),
    sa.Column('corrects_id', sa.Integer(), nullable=True),
    sa.Column('recorded_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('superseded_at', sa.DateTime(timezone=True), nullable=True),
    sa.ForeignKeyConstraint(['class_id'], ['course_class.id'], name=op.f('fk_completion_class_id_course_class')),
    sa.ForeignKeyConstraint(['corrects_id'], ['completion.id'], name=op.f('fk_completion_corrects_id_completion')),
    sa.ForeignKeyConstraint(['course_id'], ['course.id'], name=op.f('fk_completion_course_id_course')),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_completion_person_id_person')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_completion'))
    )
    with op.batch_alter_table('completion', schema=None) as batch_op:
        batch_op.create_index('ix_completion_course_learned', ['course_id', 'learned_on'], unique=False)
        batch_op.create_index(batch_op.f('ix_completion_person_id'), ['person_id'], unique=False)

    op.create_table('enrolment',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('class_id', sa.Integer(), nullable=False),
    sa.Column('person_id', sa.Integer(), nullable=False),
    sa.Column('unit_id', sa.Integer(), nullable=True),
    sa.Column('nominated_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('nominated_by_id', sa.Integer(), nullable=True),
    sa.Column('withdrawn_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('mark', sa.Numeric(precision=5, scale=2), nullable=True),
    sa.Column('passed', sa.Boolean(), nullable=True),
    sa.ForeignKeyConstraint(['class_id'], ['course_class.id'], name=op.f('fk_enrolment_class_id_course_class')),
    sa.ForeignKeyConstraint(['nominated_by_id'], ['person.id'], name=op.f('fk_enrolment_nominated_by_id_person')),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_enrolment_person_id_person')),
    sa.ForeignKeyConstraint(['unit_id'], ['unit.id'], name=op.f('fk_enrolment_unit_id_unit')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_enrolment')),
    sa.UniqueConstraint('class_id', 'person_id', name=op.f('uq_enrolment_class_id_person_id'))
    )
    with op.batch_alter_table('enrolment', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_enrolment_person_id'), ['person_id'], unique=False)

    op.create_table('quota',
    sa.Column('class_id', sa.Integer(), nullable=False),
    sa.Column('unit_id', sa.Integer(), nullable=False),
    sa.Column('seats', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['class_id'], ['course_class.id'], name=op.f('fk_quota_class_id_course_class')),
    sa.ForeignKeyConstraint(['unit_id'], ['unit.id'], name=op.f('fk_quota_unit_id_unit')),
    sa.PrimaryKeyConstraint('class_id', 'unit_id', name=op.f('pk_quota'))
    )
    op.create_table('study',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('person_id', sa.Integer(), nullable=False),
    sa.Column('course_id', sa.Integer(), nullable=False),
    sa.Column('version_id', sa.Integer(), nullable=False),
    sa.Column('begun_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('finished_at', sa.DateTime(timezone=True), nullable=True),
    sa.ForeignKeyConstraint(['course_id'], ['course.id'], name=op.f('fk_study_course_id_course')),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_study_person_id_person')),
    sa.ForeignKeyConstraint(['version_id'], ['course_version.id'], name=op.f('fk_study_version_id_course_version')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_study'))
    )
    with op.batch_alter_table('study', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_study_course_id'), ['course_id'], unique=False)
        batch_op.create_index('ix_study_person_course', ['person_id', 'course_id'], unique=False)
        batch_op.create_index('uq_study_under_way', ['person_id', 'course_id'], unique=True, sqlite_where=sa.text('finished_at IS NULL'), postgresql_where=sa.text('finished_at IS NULL'))

    op.create_table('attendance',
    sa.Column('session_id', sa.Integer(), nullable=False),
    sa.Column('enrolment_id', sa.Integer(), nullable=False),
    sa.Column('mark', sa.String(), nullable=False),
    sa.Column('marked_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('marked_by_id', sa.Integer(), nullable=True),
    sa.ForeignKeyConstraint(['enrolment_id'], ['enrolment.id'], name=op.f('fk_attendance_enrolment_id_enrolment')),
    sa.ForeignKeyConstraint(['marked_by_id'], ['person.id'], name=op.f('fk_attendance_marked_by_id_person')),
    sa.ForeignKeyConstraint(['session_id'], ['class_session.id'], name=op.f('fk_attendance_session_id_class_session')),
    sa.PrimaryKeyConstraint('session_id', 'enrolment_id', name=op.f('pk_attendance'))
    )
    with op.batch_alter_table('attendance', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_attendance_enrolment_id'), ['enrolment_id'], unique=False)

    op.create_table('document',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('file_id', sa.Integer(), nullable=False),
    sa.Column('acknowledge', sa.Boolean(), nullable=False),
    sa.Column('language', sa.String(), nullable=False),
    sa.ForeignKeyConstraint(['file_id'], ['stored_file.id'], name=op.f('fk_document_file_id_stored_file')),
    sa.ForeignKeyConstraint(['id'], ['activity.id'], name=op.f('fk_document_id_activity')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_document'))
    )
    op.create_table('link',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('url', sa.String(), nullable=False),
    sa.Column('note_vi', sa.String(), nullable=False),
    sa.Column('note_en', sa.String(), nullable=False),
    sa.ForeignKeyConstraint(['id'], ['activity.id'], name=op.f('fk_link_id_activity')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_link'))
    )
    op.create_table('media',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('file_id', sa.Integer(), nullable=False),
    sa.Column('transcript_vi', sa.String(), nullable=False),
    sa.Column('transcript_en', sa.String(), nullable=False),
    sa.ForeignKeyConstraint(['file_id'], ['stored_file.id'], name=op.f('fk_media_file_id_stored_file')),
    sa.ForeignKeyConstraint(['id'], ['activity.id'], name=op.f('fk_media_id_activity')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_media'))
    )
    op.create_table('step_done',
    sa.Column('study_id', sa.Integer(), nullable=False),
    sa.Column('lineage', sa.String(), nullable=False),
    sa.Column('activity_id', sa.Integer(), nullable=False),
    sa.Column('done_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('mark', sa.Numeric(precision=5, scale=2), nullable=True),
    sa.ForeignKeyConstraint(['activity_id'], ['activity.id'], name=op.f('fk_step_done_activity_id_activity')),
    sa.ForeignKeyConstraint(['study_id'], ['study.id'], name=op.f('fk_step_done_study_id_study')),
    sa.PrimaryKeyConstraint('study_id', 'lineage', name=op.f('pk_step_done'))
    )
    op.create_table('text_page',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('body_vi', sa.String(), nullable=False),
    sa.Column('body_en', sa.String(), nullable=False),
    sa.ForeignKeyConstraint(['id'], ['activity.id'], name=op.f('fk_text_page_id_activity')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_text_page'))
    )


def downgrade():
    """Go down again."""
    op.drop_table('text_page')
    op.drop_table('step_done')
    op.drop_table('media')
    op.drop_table('link')
    op.drop_table('document')
    with op.batch_alter_table('attendance', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_attendance_enrolment_id'))

    op.drop_table('attendance')
    with op.batch_alter_table('study', schema=None) as batch_op:
        batch_op.drop_index('uq_study_under_way', sqlite_where=sa.text('finished_at IS NULL'), postgresql_where=sa.text('finished_at IS NULL'))
        batch_op.drop_index('ix_study_person_course')
        batch_op.drop_index(batch_op.f('ix_study_course_id'))

    op.drop_table('study')
    op.drop_table('quota')
    with op.batch_alter_table('enrolment', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_enrolment_person_id'))

    op.drop_table('enrolment')
    with op.batch_alter_table('completion', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_completion_person_id'))
        batch_op.drop_index('ix_completion_course_learned')

    op.drop_table('completion')
    with op.batch_alter_table('class_trainer', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_class_trainer_person_id'))

    op.drop_table('class_trainer')
    with op.batch_alter_table('class_session', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_class_session_class_id'))

    op.drop_table('class_session')
    with op.batch_alter_table('activity', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_activity_version_id'))
        batch_op.drop_index(batch_op.f('ix_activity_lineage'))

    op.drop_table('activity')
    with op.batch_alter_table('picture', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_picture_file_id'))

    op.drop_table('picture')
    op.drop_table('goal_course')
    with op.batch_alter_table('exemption', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_exemption_person_id'))
        batch_op.drop_index('ix_exemption_goal_person')

    op.drop_table('exemption')
    op.drop_table('course_version')
    with op.batch_alter_table('course_trainer', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_course_trainer_person_id'))

    op.drop_table('course_trainer')
    with op.batch_alter_table('course_class', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_course_class_starts_on'))
        batch_op.drop_index(batch_op.f('ix_course_class_fold'))
        batch_op.drop_index(batch_op.f('ix_course_class_course_id'))

    op.drop_table('course_class')
    op.drop_table('place')
    op.drop_table('goal')
    with op.batch_alter_table('course', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_course_fold'))

    op.drop_table('course')
