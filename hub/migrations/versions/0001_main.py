"""The first schema of the main database."""

import sqlalchemy as sa
from alembic import op

from hub.consent import written_once_statements

revision = "0001_main"
down_revision = None
branch_labels = ("main",)
depends_on = None


def upgrade() -> None:
    """Make every table."""
    op.create_table('agency',
    sa.Column('id', sa.String(), nullable=False),
    sa.Column('kind', sa.String(), nullable=False),
    sa.Column('name', sa.String(), nullable=False),
    sa.Column('authority', sa.String(), nullable=False),
    sa.Column('huvudman', sa.String(), nullable=False),
    sa.Column('organisation_number', sa.String(), nullable=False),
    sa.Column('regime', sa.String(), nullable=False),
    sa.Column('regime_decision', sa.String(), nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_agency'))
    )
    op.create_table('consent_block',
    sa.Column('id', sa.String(), nullable=False),
    sa.Column('individual_id', sa.String(), nullable=False),
    sa.Column('owner', sa.String(), nullable=False),
    sa.Column('receiver', sa.String(), nullable=False),
    sa.Column('category', sa.String(), nullable=False),
    sa.Column('set_at', sa.BigInteger(), nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_consent_block'))
    )
    op.create_index('ix_consent_block_individual', 'consent_block', ['individual_id'], unique=False)
    op.create_table('consent_receiver',
    sa.Column('id', sa.String(), nullable=False),
    sa.Column('individual_id', sa.String(), nullable=False),
    sa.Column('answerable_agency', sa.String(), nullable=False),
    sa.Column('kind', sa.String(), nullable=False),
    sa.Column('name', sa.LargeBinary(), nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_consent_receiver'))
    )
    op.create_index('ix_consent_receiver_individual', 'consent_receiver', ['individual_id'], unique=False)
    op.create_table('consent_template',
    sa.Column('id', sa.String(), nullable=False),
    sa.Column('kind', sa.String(), nullable=False),
    sa.Column('language', sa.String(), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('body', sa.String(), nullable=False),
    sa.Column('digest', sa.LargeBinary(), nullable=False),
    sa.Column('published_at', sa.BigInteger(), nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_consent_template')),
    sa.UniqueConstraint('kind', 'language', 'version', name=op.f('uq_consent_template_kind_language_version'))
    )
    op.create_table('day_visit',
    sa.Column('assignment', sa.String(), nullable=False),
    sa.Column('seen_at', sa.BigInteger(), nullable=False),
    sa.Column('since', sa.BigInteger(), nullable=False),
    sa.PrimaryKeyConstraint('assignment', name=op.f('pk_day_visit'))
    )
    op.create_table('consent_lift',
    sa.Column('id', sa.String(), nullable=False),
    sa.Column('individual_id', sa.String(), nullable=False),
    sa.Column('lifted', sa.String(), nullable=False),
    sa.Column('answerable_agency', sa.String(), nullable=False),
    sa.Column('case_id', sa.String(), nullable=True),
    sa.Column('form', sa.String(), nullable=False),
    sa.Column('evidence', sa.LargeBinary(), nullable=False),
    sa.Column('evidence_digest', sa.LargeBinary(), nullable=False),
    sa.Column('media_type', sa.String(), nullable=True),
    sa.Column('scan', sa.LargeBinary(), nullable=True),
    sa.Column('recorded_by', sa.String(), nullable=False),
    sa.Column('decision', sa.String(), nullable=False),
    sa.Column('recorded_at', sa.BigInteger(), nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_consent_lift'))
    )
    op.create_index('ix_consent_lift_individual', 'consent_lift', ['individual_id'], unique=False)
    op.create_table('consent_withdrawal',
    sa.Column('id', sa.String(), nullable=False),
    sa.Column('individual_id', sa.String(), nullable=False),
    sa.Column('asked_at', sa.BigInteger(), nullable=False),
    sa.Column('closed_at', sa.BigInteger(), nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_consent_withdrawal'))
    )
    op.create_index('ix_consent_withdrawal_individual', 'consent_withdrawal', ['individual_id'], unique=False)
    op.create_table('coordination_case',
    sa.Column('id', sa.String(), nullable=False),
    sa.Column('number', sa.String(), nullable=False),
    sa.Column('individual_id', sa.String(), nullable=False),
    sa.Column('leading_agency', sa.String(), nullable=False),
    sa.Column('purpose', sa.String(), nullable=False),
    sa.Column('subject', sa.LargeBinary(), nullable=False),
    sa.Column('state', sa.String(), nullable=False),
    sa.Column('opened_at', sa.BigInteger(), nullable=False),
    sa.Column('closed_at', sa.BigInteger(), nullable=True),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_coordination_case')),
    sa.UniqueConstraint('number', name=op.f('uq_coordination_case_number'))
    )
    op.create_index('ix_coordination_case_individual', 'coordination_case', ['individual_id'], unique=False)
    op.create_table('draft',
    sa.Column('key', sa.String(), nullable=False),
    sa.Column('content', sa.LargeBinary(), nullable=False),
    sa.Column('saved_at', sa.BigInteger(), nullable=False),
    sa.PrimaryKeyConstraint('key', name=op.f('pk_draft'))
    )
    op.create_index(op.f('ix_draft_saved_at'), 'draft', ['saved_at'], unique=False)
    op.create_table('individual',
    sa.Column('id', sa.String(), nullable=False),
    sa.Column('lookup_hash', sa.LargeBinary(), nullable=False),
    sa.Column('lane', sa.String(), nullable=False),
    sa.Column('protection', sa.String(), nullable=False),
    sa.Column('protection_source', sa.String(), nullable=False),
    sa.Column('raising_agency', sa.String(), nullable=False),
    sa.Column('raised_by', sa.String(), nullable=False),
    sa.Column('raised_at', sa.BigInteger(), nullable=False),
    sa.Column('provisional_until', sa.BigInteger(), nullable=False),
    sa.Column('confirmed_by', sa.String(), nullable=False),
    sa.Column('minor_born', sa.Date(), nullable=True),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_individual')),
    sa.UniqueConstraint('lookup_hash', 'lane', name=op.f('uq_individual_lookup_hash_lane'))
    )
    op.create_table('ledger_checkpoint',
    sa.Column('size', sa.BigInteger(), autoincrement=False, nullable=False),
    sa.Column('note', sa.Text(), nullable=False),
    sa.Column('at', sa.BigInteger(), nullable=False),
    sa.PrimaryKeyConstraint('size', name=op.f('pk_ledger_checkpoint'))
    )
    op.create_table('ledger_entry',
    sa.Column('id', sa.String(), nullable=False),
    sa.Column('body', sa.Text(), nullable=False),
    sa.Column('sealed', sa.LargeBinary(), nullable=False),
    sa.Column('recorded_at', sa.BigInteger(), nullable=False),
    sa.Column('kind', sa.String(), nullable=False),
    sa.Column('outcome', sa.String(), nullable=False),
    sa.Column('agency', sa.String(), nullable=True),
    sa.Column('owner', sa.String(), nullable=True),
    sa.Column('holder', sa.String(), nullable=False),
    sa.Column('individual', sa.String(), nullable=True),
    sa.Column('case_id', sa.String(), nullable=True),
    sa.Column('caller_ref', sa.String(), nullable=True),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_ledger_entry'))
    )
    op.create_index('ix_ledger_entry_agency', 'ledger_entry', ['agency', 'recorded_at'], unique=False)
    op.create_index('ix_ledger_entry_case_id', 'ledger_entry', ['case_id', 'recorded_at'], unique=False, postgresql_where=sa.text('case_id IS NOT NULL'))
    op.create_index('ix_ledger_entry_individual', 'ledger_entry', ['individual', 'recorded_at'], unique=False, postgresql_where=sa.text('individual IS NOT NULL'))
    op.create_index('ix_ledger_entry_owner', 'ledger_entry', ['owner', 'recorded_at'], unique=False, postgresql_where=sa.text('owner IS NOT NULL'))
    op.create_table('ledger_holder',
    sa.Column('agency', sa.String(), nullable=False),
    sa.Column('size', sa.BigInteger(), nullable=False),
    sa.Column('at', sa.BigInteger(), nullable=False),
    sa.PrimaryKeyConstraint('agency', name=op.f('pk_ledger_holder'))
    )
    op.create_table('ledger_leaf',
    sa.Column('position', sa.BigInteger(), autoincrement=False, nullable=False),
    sa.Column('entry_id', sa.String(), nullable=False),
    sa.Column('leaf_hash', sa.LargeBinary(), nullable=False),
    sa.PrimaryKeyConstraint('position', name=op.f('pk_ledger_leaf')),
    sa.UniqueConstraint('entry_id', name=op.f('uq_ledger_leaf_entry_id'))
    )
    op.create_table('ledger_node',
    sa.Column('level', sa.Integer(), autoincrement=False, nullable=False),
    sa.Column('position', sa.BigInteger(), autoincrement=False, nullable=False),
    sa.Column('hash', sa.LargeBinary(), nullable=False),
    sa.PrimaryKeyConstraint('level', 'position', name=op.f('pk_ledger_node'))
    )
    op.create_table('ledger_pending',
    sa.Column('entry_id', sa.String(), nullable=False),
    sa.PrimaryKeyConstraint('entry_id', name=op.f('pk_ledger_pending'))
    )
    op.create_table('ledger_tree',
    sa.Column('id', sa.Integer(), autoincrement=False, nullable=False),
    sa.Column('size', sa.BigInteger(), nullable=False),
    sa.Column('peaks', sa.LargeBinary(), nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_ledger_tree'))
    )
    op.create_table('log_sample',
    sa.Column('id', sa.String(), nullable=False),
    sa.Column('agency', sa.String(), nullable=False),
    sa.Column('since', sa.BigInteger(), nullable=False),
    sa.Column('until', sa.BigInteger(), nullable=False),
    sa.Column('seed', sa.String(), nullable=False),
    sa.Column('population', sa.Integer(), nullable=False),
    sa.Column('random', sa.Integer(), nullable=False),
    sa.Column('drawn_at', sa.BigInteger(), nullable=False),
    sa.Column('drawn_by', sa.String(), nullable=False),
    sa.Column('due_on', sa.String(), nullable=False),
    sa.Column('signed_at', sa.BigInteger(), nullable=True),
    sa.Column('signed_by', sa.String(), nullable=True),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_log_sample'))
    )
    op.create_index('ix_log_sample_agency', 'log_sample', ['agency', 'until'], unique=True)
    op.create_table('log_sample_entry',
    sa.Column('sample_id', sa.String(), nullable=False),
    sa.Column('entry_id', sa.String(), nullable=False),
    sa.Column('position', sa.Integer(), nullable=False),
    sa.Column('reasons', sa.String(), nullable=False),
    sa.Column('verdict', sa.String(), nullable=True),
    sa.Column('note', sa.LargeBinary(), nullable=True),
    sa.Column('reviewed_at', sa.BigInteger(), nullable=True),
    sa.Column('reviewed_by', sa.String(), nullable=True),
    sa.ForeignKeyConstraint(['sample_id'], ['log_sample.id'], name=op.f('fk_log_sample_entry_sample_id')),
    sa.PrimaryKeyConstraint('sample_id', 'entry_id', name=op.f('pk_log_sample_entry'))
    )
    op.create_table('log_question',
    sa.Column('id', sa.String(), nullable=False),
    sa.Column('individual_id', sa.String(), nullable=False),
    sa.Column('entry_id', sa.String(), nullable=False),
    sa.Column('agency', sa.String(), nullable=False),
    sa.Column('responsible', sa.String(), nullable=False),
    sa.Column('question', sa.LargeBinary(), nullable=False),
    sa.Column('asked_at', sa.BigInteger(), nullable=False),
    sa.Column('due_on', sa.String(), nullable=False),
    sa.Column('answer', sa.LargeBinary(), nullable=True),
    sa.Column('answered_by', sa.String(), nullable=True),
    sa.Column('answered_at', sa.BigInteger(), nullable=True),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_log_question')),
    sa.UniqueConstraint('entry_id', name=op.f('uq_log_question_entry_id'))
    )
    op.create_index('ix_log_question_agency', 'log_question', ['agency', 'answered_at'], unique=False)
    op.create_index('ix_log_question_individual', 'log_question', ['individual_id'], unique=False)
    op.create_table('once',
    sa.Column('caller', sa.String(), nullable=False),
    sa.Column('key', sa.String(), nullable=False),
    sa.Column('digest', sa.LargeBinary(), nullable=False),
    sa.Column('resource', sa.String(), nullable=False),
    sa.Column('at', sa.BigInteger(), nullable=False),
    sa.PrimaryKeyConstraint('caller', 'key', name=op.f('pk_once'))
    )
    op.create_index(op.f('ix_once_at'), 'once', ['at'], unique=False)
    op.create_table('outbox',
    sa.Column('id', sa.String(), nullable=False),
    sa.Column('kind', sa.String(), nullable=False),
    sa.Column('body', sa.String(), nullable=False),
    sa.Column('due_at', sa.BigInteger(), nullable=False),
    sa.Column('tries', sa.Integer(), nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_outbox'))
    )
    op.create_index(op.f('ix_outbox_due_at'), 'outbox', ['due_at'], unique=False)
    op.create_table('signin_pending',
    sa.Column('state', sa.LargeBinary(), nullable=False),
    sa.Column('browser', sa.LargeBinary(), nullable=False),
    sa.Column('issuer', sa.String(), nullable=False),
    sa.Column('door', sa.String(), nullable=False),
    sa.Column('return_to', sa.String(), nullable=False),
    sa.Column('least', sa.Integer(), nullable=False),
    sa.Column('fresh', sa.Boolean(), nullable=False),
    sa.Column('started_at', sa.BigInteger(), nullable=False),
    sa.Column('expires_at', sa.BigInteger(), nullable=False),
    sa.PrimaryKeyConstraint('state', name=op.f('pk_signin_pending'))
    )
    op.create_index(op.f('ix_signin_pending_expires_at'), 'signin_pending', ['expires_at'], unique=False)
    op.create_table('signin_session',
    sa.Column('token', sa.LargeBinary(), nullable=False),
    sa.Column('id', sa.String(), nullable=False),
    sa.Column('door', sa.String(), nullable=False),
    sa.Column('issuer', sa.String(), nullable=False),
    sa.Column('subject', sa.String(), nullable=False),
    sa.Column('sid', sa.String(), nullable=True),
    sa.Column('loa', sa.Integer(), nullable=False),
    sa.Column('factors', sa.Integer(), nullable=False),
    sa.Column('authenticated_at', sa.BigInteger(), nullable=False),
    sa.Column('name', sa.LargeBinary(), nullable=False),
    sa.Column('individual', sa.LargeBinary(), nullable=True),
    sa.Column('assignment', sa.String(), nullable=True),
    sa.Column('idle_until', sa.BigInteger(), nullable=False),
    sa.Column('ends_at', sa.BigInteger(), nullable=False),
    sa.PrimaryKeyConstraint('token', name=op.f('pk_signin_session')),
    sa.UniqueConstraint('id', name=op.f('uq_signin_session_id'))
    )
    op.create_index('ix_signin_session_identity', 'signin_session', ['issuer', 'subject'], unique=False)
    op.create_index(op.f('ix_signin_session_idle_until'), 'signin_session', ['idle_until'], unique=False)
    op.create_table('standing',
    sa.Column('subject', sa.String(), nullable=False),
    sa.Column('epoch', sa.BigInteger(), nullable=False),
    sa.PrimaryKeyConstraint('subject', name=op.f('pk_standing'))
    )
    op.create_table('used_once',
    sa.Column('digest', sa.LargeBinary(), nullable=False),
    sa.Column('expires_at', sa.BigInteger(), nullable=False),
    sa.PrimaryKeyConstraint('digest', name=op.f('pk_used_once'))
    )
    op.create_index(op.f('ix_used_once_expires_at'), 'used_once', ['expires_at'], unique=False)
    op.create_table('approved_purpose',
    sa.Column('id', sa.String(), nullable=False),
    sa.Column('agency', sa.String(), nullable=False),
    sa.Column('road', sa.String(), nullable=False),
    sa.Column('purpose', sa.String(), nullable=False),
    sa.Column('official', sa.String(), nullable=False),
    sa.Column('decided_on', sa.Date(), nullable=False),
    sa.Column('diarienummer', sa.String(), nullable=False),
    sa.Column('valid_from', sa.BigInteger(), nullable=False),
    sa.Column('valid_until', sa.BigInteger(), nullable=False),
    sa.ForeignKeyConstraint(['agency'], ['agency.id'], name=op.f('fk_approved_purpose_agency')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_approved_purpose'))
    )
    op.create_index(op.f('ix_approved_purpose_agency'), 'approved_purpose', ['agency'], unique=False)
    op.create_table('approved_rule',
    sa.Column('id', sa.String(), nullable=False),
    sa.Column('agency', sa.String(), nullable=False),
    sa.Column('rule', sa.String(), nullable=False),
    sa.Column('official', sa.String(), nullable=False),
    sa.Column('decided_on', sa.Date(), nullable=False),
    sa.Column('diarienummer', sa.String(), nullable=False),
    sa.Column('revision', sa.String(), nullable=False),
    sa.Column('valid_from', sa.BigInteger(), nullable=False),
    sa.Column('valid_until', sa.BigInteger(), nullable=False),
    sa.ForeignKeyConstraint(['agency'], ['agency.id'], name=op.f('fk_approved_rule_agency')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_approved_rule'))
    )
    op.create_index(op.f('ix_approved_rule_agency'), 'approved_rule', ['agency'], unique=False)
    op.create_table('case_member',
    sa.Column('id', sa.String(), nullable=False),
    sa.Column('case_id', sa.String(), nullable=False),
    sa.Column('assignment_id', sa.String(), nullable=False),
    sa.Column('agency', sa.String(), nullable=False),
    sa.Column('responsible', sa.Boolean(), nullable=False),
    sa.Column('added_by', sa.String(), nullable=False),
    sa.Column('valid_from', sa.BigInteger(), nullable=False),
    sa.Column('valid_until', sa.BigInteger(), nullable=False),
    sa.ForeignKeyConstraint(['case_id'], ['coordination_case.id'], name=op.f('fk_case_member_case_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_case_member'))
    )
    op.create_index('ix_case_member_assignment', 'case_member', ['assignment_id', 'valid_until'], unique=False)
    op.create_index('ix_case_member_case', 'case_member', ['case_id', 'valid_until'], unique=False)
    op.create_table('case_party',
    sa.Column('case_id', sa.String(), nullable=False),
    sa.Column('agency', sa.String(), nullable=False),
    sa.Column('joined_at', sa.BigInteger(), nullable=False),
    sa.Column('left_at', sa.BigInteger(), nullable=False),
    sa.Column('own_case_open', sa.Boolean(), nullable=False),
    sa.Column('necessary', sa.String(), nullable=False),
    sa.ForeignKeyConstraint(['case_id'], ['coordination_case.id'], name=op.f('fk_case_party_case_id')),
    sa.PrimaryKeyConstraint('case_id', 'agency', name=op.f('pk_case_party'))
    )
    op.create_index('ix_case_party_agency', 'case_party', ['agency'], unique=False)
    op.create_table('case_inquiry',
    sa.Column('id', sa.String(), nullable=False),
    sa.Column('case_id', sa.String(), nullable=False),
    sa.Column('individual_id', sa.String(), nullable=False),
    sa.Column('owner', sa.String(), nullable=False),
    sa.Column('asking_agency', sa.String(), nullable=False),
    sa.Column('asked_by', sa.String(), nullable=False),
    sa.Column('categories', sa.String(), nullable=False),
    sa.Column('purpose', sa.String(), nullable=False),
    sa.Column('question', sa.LargeBinary(), nullable=False),
    sa.Column('urgent', sa.Boolean(), nullable=False),
    sa.Column('state', sa.String(), nullable=False),
    sa.Column('asked_at', sa.BigInteger(), nullable=False),
    sa.Column('due_on', sa.String(), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['case_id'], ['coordination_case.id'], name=op.f('fk_case_inquiry_case_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_case_inquiry'))
    )
    op.create_index('ix_case_inquiry_case', 'case_inquiry', ['case_id'], unique=False)
    op.create_index('ix_case_inquiry_owner', 'case_inquiry', ['owner', 'state', 'due_on'], unique=False)
    op.create_table('case_inquiry_answer',
    sa.Column('id', sa.String(), nullable=False),
    sa.Column('inquiry_id', sa.String(), nullable=False),
    sa.Column('answered_by', sa.String(), nullable=False),
    sa.Column('body', sa.LargeBinary(), nullable=False),
    sa.Column('saved_at', sa.BigInteger(), nullable=False),
    sa.Column('sent_at', sa.BigInteger(), nullable=True),
    sa.ForeignKeyConstraint(['inquiry_id'], ['case_inquiry.id'], name=op.f('fk_case_inquiry_answer_inquiry_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_case_inquiry_answer'))
    )
    op.create_index('ix_case_inquiry_answer_inquiry', 'case_inquiry_answer', ['inquiry_id'], unique=False)
    op.create_table('withholding',
    sa.Column('id', sa.String(), nullable=False),
    sa.Column('case_id', sa.String(), nullable=False),
    sa.Column('individual_id', sa.String(), nullable=False),
    sa.Column('agency', sa.String(), nullable=False),
    sa.Column('category', sa.String(), nullable=False),
    sa.Column('ground', sa.String(), nullable=False),
    sa.Column('decided_by', sa.String(), nullable=False),
    sa.Column('valid_from', sa.BigInteger(), nullable=False),
    sa.Column('valid_until', sa.BigInteger(), nullable=False),
    sa.Column('reason', sa.LargeBinary(), nullable=False),
    sa.ForeignKeyConstraint(['case_id'], ['coordination_case.id'], name=op.f('fk_withholding_case_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_withholding'))
    )
    op.create_index('ix_withholding_case', 'withholding', ['case_id', 'agency'], unique=False)
    op.create_index('ix_withholding_individual', 'withholding', ['individual_id', 'valid_until'], unique=False)
    op.create_table('case_reason',
    sa.Column('id', sa.String(), nullable=False),
    sa.Column('case_id', sa.String(), nullable=False),
    sa.Column('individual_id', sa.String(), nullable=False),
    sa.Column('agency', sa.String(), nullable=False),
    sa.Column('act', sa.String(), nullable=False),
    sa.Column('given_by', sa.String(), nullable=False),
    sa.Column('given_at', sa.BigInteger(), nullable=False),
    sa.Column('reason', sa.LargeBinary(), nullable=False),
    sa.ForeignKeyConstraint(['case_id'], ['coordination_case.id'], name=op.f('fk_case_reason_case_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_case_reason'))
    )
    op.create_index('ix_case_reason_case', 'case_reason', ['case_id', 'agency'], unique=False)
    op.create_table('case_review',
    sa.Column('id', sa.String(), nullable=False),
    sa.Column('case_id', sa.String(), nullable=False),
    sa.Column('individual_id', sa.String(), nullable=False),
    sa.Column('refusal', sa.String(), nullable=True),
    sa.Column('owner', sa.String(), nullable=False),
    sa.Column('asking_agency', sa.String(), nullable=False),
    sa.Column('asked_by', sa.String(), nullable=False),
    sa.Column('categories', sa.String(), nullable=False),
    sa.Column('purpose', sa.String(), nullable=False),
    sa.Column('reason', sa.LargeBinary(), nullable=False),
    sa.Column('urgent', sa.Boolean(), nullable=False),
    sa.Column('state', sa.String(), nullable=False),
    sa.Column('asked_at', sa.BigInteger(), nullable=False),
    sa.Column('due_on', sa.String(), nullable=False),
    sa.Column('answered_by', sa.String(), nullable=True),
    sa.Column('answered_at', sa.BigInteger(), nullable=True),
    sa.Column('ground', sa.String(), nullable=True),
    sa.Column('permitted', sa.String(), nullable=False),
    sa.Column('conditions', sa.String(), nullable=False),
    sa.Column('answer', sa.LargeBinary(), nullable=True),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['case_id'], ['coordination_case.id'], name=op.f('fk_case_review_case_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_case_review'))
    )
    op.create_index('ix_case_review_case', 'case_review', ['case_id'], unique=False)
    op.create_index('ix_case_review_owner', 'case_review', ['owner', 'state', 'due_on'], unique=False)
    op.create_table('gathering',
    sa.Column('id', sa.String(), nullable=False),
    sa.Column('case_id', sa.String(), nullable=False),
    sa.Column('individual_id', sa.String(), nullable=False),
    sa.Column('agency', sa.String(), nullable=False),
    sa.Column('caller_ref', sa.String(), nullable=False),
    sa.Column('started_at', sa.BigInteger(), nullable=False),
    sa.Column('expires_at', sa.BigInteger(), nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_gathering'))
    )
    op.create_index('ix_gathering_expires_at', 'gathering', ['expires_at'], unique=False)
    op.create_table('gathering_part',
    sa.Column('gathering_id', sa.String(), nullable=False),
    sa.Column('agency', sa.String(), nullable=False),
    sa.Column('state', sa.String(), nullable=False),
    sa.Column('asked', sa.String(), nullable=False),
    sa.Column('asked_at', sa.BigInteger(), nullable=False),
    sa.Column('finished_at', sa.BigInteger(), nullable=True),
    sa.Column('fault', sa.String(), nullable=False),
    sa.Column('retry_after', sa.Integer(), nullable=True),
    sa.Column('body', sa.LargeBinary(), nullable=True),
    sa.ForeignKeyConstraint(['gathering_id'], ['gathering.id'], name=op.f('fk_gathering_part_gathering_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('gathering_id', 'agency', name=op.f('pk_gathering_part'))
    )
    op.create_table('pinned_fact',
    sa.Column('id', sa.String(), nullable=False),
    sa.Column('case_id', sa.String(), nullable=False),
    sa.Column('individual_id', sa.String(), nullable=False),
    sa.Column('agency', sa.String(), nullable=False),
    sa.Column('owner', sa.String(), nullable=False),
    sa.Column('category', sa.String(), nullable=False),
    sa.Column('purpose', sa.String(), nullable=False),
    sa.Column('entry', sa.String(), nullable=False),
    sa.Column('ground', sa.String(), nullable=False),
    sa.Column('pinned_by', sa.String(), nullable=False),
    sa.Column('pinned_at', sa.BigInteger(), nullable=False),
    sa.Column('body', sa.LargeBinary(), nullable=False),
    sa.ForeignKeyConstraint(['case_id'], ['coordination_case.id'], name=op.f('fk_pinned_fact_case_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_pinned_fact'))
    )
    op.create_index('ix_pinned_fact_case', 'pinned_fact', ['case_id', 'agency'], unique=False)
    op.create_table('picture_visit',
    sa.Column('case_id', sa.String(), nullable=False),
    sa.Column('assignment', sa.String(), nullable=False),
    sa.Column('seen', sa.String(), nullable=False),
    sa.Column('showing', sa.String(), nullable=False),
    sa.Column('at', sa.BigInteger(), nullable=False),
    sa.ForeignKeyConstraint(['case_id'], ['coordination_case.id'], name=op.f('fk_picture_visit_case_id')),
    sa.PrimaryKeyConstraint('case_id', 'assignment', name=op.f('pk_picture_visit'))
    )
    op.create_table('consent',
    sa.Column('id', sa.String(), nullable=False),
    sa.Column('individual_id', sa.String(), nullable=False),
    sa.Column('kind', sa.String(), nullable=False),
    sa.Column('answerable_agency', sa.String(), nullable=False),
    sa.Column('case_id', sa.String(), nullable=True),
    sa.Column('form', sa.String(), nullable=False),
    sa.Column('template_id', sa.String(), nullable=False),
    sa.Column('language', sa.String(), nullable=False),
    sa.Column('text_shown', sa.LargeBinary(), nullable=False),
    sa.Column('given_by', sa.String(), nullable=False),
    sa.Column('representative_id', sa.String(), nullable=True),
    sa.Column('recorded_by', sa.String(), nullable=True),
    sa.Column('recorded_by_agency', sa.String(), nullable=True),
    sa.Column('evidence', sa.LargeBinary(), nullable=False),
    sa.Column('evidence_digest', sa.LargeBinary(), nullable=False),
    sa.Column('exclusions_asked', sa.Boolean(), nullable=False),
    sa.Column('decision', sa.String(), nullable=True),
    sa.Column('given_at', sa.BigInteger(), nullable=False),
    sa.ForeignKeyConstraint(['template_id'], ['consent_template.id'], name=op.f('fk_consent_template_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_consent'))
    )
    op.create_index('ix_consent_individual', 'consent', ['individual_id'], unique=False)
    op.create_table('consent_notice',
    sa.Column('withdrawal_id', sa.String(), nullable=False),
    sa.Column('receiver', sa.String(), nullable=False),
    sa.Column('told_at', sa.BigInteger(), nullable=True),
    sa.Column('seen_at', sa.BigInteger(), nullable=True),
    sa.ForeignKeyConstraint(['withdrawal_id'], ['consent_withdrawal.id'], name=op.f('fk_consent_notice_withdrawal_id')),
    sa.PrimaryKeyConstraint('withdrawal_id', 'receiver', name=op.f('pk_consent_notice'))
    )
    op.create_table('hold',
    sa.Column('id', sa.String(), nullable=False),
    sa.Column('individual', sa.String(), nullable=False),
    sa.Column('agency', sa.String(), nullable=False),
    sa.Column('diarienummer', sa.String(), nullable=False),
    sa.Column('valid_until', sa.BigInteger(), nullable=False),
    sa.ForeignKeyConstraint(['agency'], ['agency.id'], name=op.f('fk_hold_agency')),
    sa.ForeignKeyConstraint(['individual'], ['individual.id'], name=op.f('fk_hold_individual')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_hold'))
    )
    op.create_index(op.f('ix_hold_individual'), 'hold', ['individual'], unique=False)
    op.create_table('reference',
    sa.Column('id', sa.String(), nullable=False),
    sa.Column('agency', sa.String(), nullable=False),
    sa.Column('individual', sa.String(), nullable=False),
    sa.Column('lookup_hash', sa.LargeBinary(), nullable=False),
    sa.Column('lane', sa.String(), nullable=False),
    sa.Column('handler', sa.String(), nullable=False),
    sa.Column('channel', sa.String(), nullable=False),
    sa.Column('content', sa.LargeBinary(), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('created_at', sa.BigInteger(), nullable=False),
    sa.Column('last_note_at', sa.BigInteger(), nullable=False),
    sa.Column('content_erased_at', sa.BigInteger(), nullable=False),
    sa.Column('evidence_erased_at', sa.BigInteger(), nullable=False),
    sa.ForeignKeyConstraint(['agency'], ['agency.id'], name=op.f('fk_reference_agency')),
    sa.ForeignKeyConstraint(['individual'], ['individual.id'], name=op.f('fk_reference_individual')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_reference')),
    sa.UniqueConstraint('agency', 'lookup_hash', 'lane', name=op.f('uq_reference_agency_lookup_hash_lane'))
    )
    op.create_index(op.f('ix_reference_individual'), 'reference', ['individual'], unique=False)
    op.create_table('representative',
    sa.Column('id', sa.String(), nullable=False),
    sa.Column('individual', sa.String(), nullable=False),
    sa.Column('acts', sa.String(), nullable=False),
    sa.Column('agency', sa.String(), nullable=False),
    sa.Column('kind', sa.String(), nullable=False),
    sa.Column('scope', sa.String(), nullable=False),
    sa.Column('agreed', sa.Boolean(), nullable=False),
    sa.Column('risk', sa.String(), nullable=False),
    sa.Column('content', sa.LargeBinary(), nullable=False),
    sa.Column('recorded_by', sa.String(), nullable=False),
    sa.Column('valid_from', sa.BigInteger(), nullable=False),
    sa.Column('valid_until', sa.BigInteger(), nullable=False),
    sa.ForeignKeyConstraint(['acts'], ['individual.id'], name=op.f('fk_representative_acts')),
    sa.ForeignKeyConstraint(['agency'], ['agency.id'], name=op.f('fk_representative_agency')),
    sa.ForeignKeyConstraint(['individual'], ['individual.id'], name=op.f('fk_representative_individual')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_representative'))
    )
    op.create_index(op.f('ix_representative_acts'), 'representative', ['acts'], unique=False)
    op.create_index(op.f('ix_representative_individual'), 'representative', ['individual'], unique=False)
    op.create_table('retention_schedule',
    sa.Column('id', sa.String(), nullable=False),
    sa.Column('agency', sa.String(), nullable=False),
    sa.Column('kind', sa.String(), nullable=False),
    sa.Column('years', sa.Integer(), nullable=False),
    sa.Column('decision', sa.String(), nullable=False),
    sa.Column('diarienummer', sa.String(), nullable=False),
    sa.Column('valid_from', sa.BigInteger(), nullable=False),
    sa.Column('valid_until', sa.BigInteger(), nullable=False),
    sa.ForeignKeyConstraint(['agency'], ['agency.id'], name=op.f('fk_retention_schedule_agency')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_retention_schedule'))
    )
    op.create_index(op.f('ix_retention_schedule_agency'), 'retention_schedule', ['agency'], unique=False)
    op.create_table('log_review_plan',
    sa.Column('id', sa.String(), nullable=False),
    sa.Column('agency', sa.String(), nullable=False),
    sa.Column('every_days', sa.Integer(), nullable=False),
    sa.Column('random', sa.Integer(), nullable=False),
    sa.Column('decision', sa.String(), nullable=False),
    sa.Column('diarienummer', sa.String(), nullable=False),
    sa.Column('valid_from', sa.BigInteger(), nullable=False),
    sa.Column('valid_until', sa.BigInteger(), nullable=False),
    sa.ForeignKeyConstraint(['agency'], ['agency.id'], name=op.f('fk_log_review_plan_agency')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_log_review_plan'))
    )
    op.create_index(op.f('ix_log_review_plan_agency'), 'log_review_plan', ['agency'], unique=False)
    op.create_table('staff',
    sa.Column('id', sa.String(), nullable=False),
    sa.Column('agency', sa.String(), nullable=False),
    sa.Column('issuer', sa.String(), nullable=False),
    sa.Column('subject', sa.String(), nullable=False),
    sa.Column('name', sa.String(), nullable=False),
    sa.Column('title', sa.String(), nullable=False),
    sa.ForeignKeyConstraint(['agency'], ['agency.id'], name=op.f('fk_staff_agency')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_staff')),
    sa.UniqueConstraint('agency', 'issuer', 'subject', name=op.f('uq_staff_agency_issuer_subject'))
    )
    op.create_table('unit',
    sa.Column('id', sa.String(), nullable=False),
    sa.Column('agency', sa.String(), nullable=False),
    sa.Column('name', sa.String(), nullable=False),
    sa.Column('closed_at', sa.BigInteger(), nullable=False),
    sa.ForeignKeyConstraint(['agency'], ['agency.id'], name=op.f('fk_unit_agency')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_unit'))
    )
    op.create_index(op.f('ix_unit_agency'), 'unit', ['agency'], unique=False)
    op.create_table('assignment',
    sa.Column('id', sa.String(), nullable=False),
    sa.Column('staff', sa.String(), nullable=False),
    sa.Column('agency', sa.String(), nullable=False),
    sa.Column('unit', sa.String(), nullable=False),
    sa.Column('roles', sa.String(), nullable=False),
    sa.Column('valid_from', sa.BigInteger(), nullable=False),
    sa.Column('valid_until', sa.BigInteger(), nullable=False),
    sa.Column('granted_by', sa.String(), nullable=False),
    sa.ForeignKeyConstraint(['agency'], ['agency.id'], name=op.f('fk_assignment_agency')),
    sa.ForeignKeyConstraint(['staff'], ['staff.id'], name=op.f('fk_assignment_staff')),
    sa.ForeignKeyConstraint(['unit'], ['unit.id'], name=op.f('fk_assignment_unit')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_assignment'))
    )
    op.create_index(op.f('ix_assignment_agency'), 'assignment', ['agency'], unique=False)
    op.create_index(op.f('ix_assignment_staff'), 'assignment', ['staff'], unique=False)
    op.create_table('consent_line',
    sa.Column('id', sa.String(), nullable=False),
    sa.Column('consent_id', sa.String(), nullable=False),
    sa.Column('individual_id', sa.String(), nullable=False),
    sa.Column('kind', sa.String(), nullable=False),
    sa.Column('owner', sa.String(), nullable=False),
    sa.Column('receiver', sa.String(), nullable=False),
    sa.Column('category', sa.String(), nullable=False),
    sa.Column('purpose', sa.String(), nullable=False),
    sa.Column('valid_from', sa.BigInteger(), nullable=False),
    sa.Column('valid_until', sa.BigInteger(), nullable=False),
    sa.Column('effect', sa.String(), nullable=False),
    sa.Column('given_by', sa.String(), nullable=False),
    sa.Column('given_at', sa.BigInteger(), nullable=False),
    sa.Column('mandate', sa.String(), nullable=False),
    sa.Column('needs_acceptance', sa.Boolean(), nullable=False),
    sa.Column('reserved', sa.Boolean(), nullable=False),
    sa.Column('words', sa.LargeBinary(), nullable=True),
    sa.ForeignKeyConstraint(['consent_id'], ['consent.id'], name=op.f('fk_consent_line_consent_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_consent_line'))
    )
    op.create_index('ix_consent_line_awaiting', 'consent_line', ['owner', 'valid_until'], unique=False, sqlite_where=sa.text('needs_acceptance'), postgresql_where=sa.text('needs_acceptance'))
    op.create_index('ix_consent_line_consent', 'consent_line', ['consent_id'], unique=False)
    op.create_index('ix_consent_line_reading', 'consent_line', ['individual_id', 'owner', 'receiver'], unique=False)
    op.create_table('consent_scan',
    sa.Column('consent_id', sa.String(), nullable=False),
    sa.Column('media_type', sa.String(), nullable=False),
    sa.Column('content', sa.LargeBinary(), nullable=False),
    sa.ForeignKeyConstraint(['consent_id'], ['consent.id'], name=op.f('fk_consent_scan_consent_id')),
    sa.PrimaryKeyConstraint('consent_id', name=op.f('pk_consent_scan'))
    )
    op.create_table('declared_relation',
    sa.Column('individual', sa.String(), nullable=False),
    sa.Column('staff', sa.String(), nullable=False),
    sa.Column('relation', sa.String(), nullable=False),
    sa.ForeignKeyConstraint(['individual'], ['individual.id'], name=op.f('fk_declared_relation_individual')),
    sa.ForeignKeyConstraint(['staff'], ['staff.id'], name=op.f('fk_declared_relation_staff')),
    sa.PrimaryKeyConstraint('individual', 'staff', name=op.f('pk_declared_relation'))
    )
    op.create_table('clearance',
    sa.Column('id', sa.String(), nullable=False),
    sa.Column('individual', sa.String(), nullable=False),
    sa.Column('agency', sa.String(), nullable=False),
    sa.Column('assignment', sa.String(), nullable=False),
    sa.Column('given_by', sa.String(), nullable=False),
    sa.Column('reason', sa.LargeBinary(), nullable=False),
    sa.Column('valid_from', sa.BigInteger(), nullable=False),
    sa.Column('valid_until', sa.BigInteger(), nullable=False),
    sa.ForeignKeyConstraint(['agency'], ['agency.id'], name=op.f('fk_clearance_agency')),
    sa.ForeignKeyConstraint(['assignment'], ['assignment.id'], name=op.f('fk_clearance_assignment')),
    sa.ForeignKeyConstraint(['individual'], ['individual.id'], name=op.f('fk_clearance_individual')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_clearance'))
    )
    op.create_index(op.f('ix_clearance_assignment'), 'clearance', ['assignment'], unique=False)
    op.create_index(op.f('ix_clearance_individual'), 'clearance', ['individual'], unique=False)
    op.create_table('protection_reason',
    sa.Column('id', sa.String(), nullable=False),
    sa.Column('individual', sa.String(), nullable=False),
    sa.Column('agency', sa.String(), nullable=False),
    sa.Column('act', sa.String(), nullable=False),
    sa.Column('given_by', sa.String(), nullable=False),
    sa.Column('given_at', sa.BigInteger(), nullable=False),
    sa.Column('reason', sa.LargeBinary(), nullable=False),
    sa.ForeignKeyConstraint(['agency'], ['agency.id'], name=op.f('fk_protection_reason_agency')),
    sa.ForeignKeyConstraint(['individual'], ['individual.id'], name=op.f('fk_protection_reason_individual')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_protection_reason'))
    )
    op.create_index(op.f('ix_protection_reason_individual'), 'protection_reason', ['individual'], unique=False)
    op.create_table('consent_event',
    sa.Column('number', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), autoincrement=True, nullable=False),
    sa.Column('individual_id', sa.String(), nullable=False),
    sa.Column('kind', sa.String(), nullable=False),
    sa.Column('consent_id', sa.String(), nullable=True),
    sa.Column('line_id', sa.String(), nullable=True),
    sa.Column('block_id', sa.String(), nullable=True),
    sa.Column('ends_at', sa.BigInteger(), nullable=True),
    sa.Column('by_act', sa.String(), nullable=True),
    sa.Column('reason', sa.String(), nullable=True),
    sa.Column('caller_ref', sa.String(), nullable=False),
    sa.Column('caller_agency', sa.String(), nullable=True),
    sa.Column('at', sa.BigInteger(), nullable=False),
    sa.ForeignKeyConstraint(['block_id'], ['consent_block.id'], name=op.f('fk_consent_event_block_id')),
    sa.ForeignKeyConstraint(['consent_id'], ['consent.id'], name=op.f('fk_consent_event_consent_id')),
    sa.ForeignKeyConstraint(['line_id'], ['consent_line.id'], name=op.f('fk_consent_event_line_id')),
    sa.PrimaryKeyConstraint('number', name=op.f('pk_consent_event'))
    )
    op.create_index('ix_consent_event_block', 'consent_event', ['block_id'], unique=False)
    op.create_index('ix_consent_event_individual', 'consent_event', ['individual_id', 'number'], unique=False)
    op.create_index('ix_consent_event_line', 'consent_event', ['line_id', 'kind'], unique=False)
    op.create_table('kept_access',
    sa.Column('individual', sa.String(), nullable=False),
    sa.Column('assignment', sa.String(), nullable=False),
    sa.Column('named_handler_of', sa.String(), nullable=False),
    sa.Column('valid_until', sa.BigInteger(), nullable=False),
    sa.ForeignKeyConstraint(['assignment'], ['assignment.id'], name=op.f('fk_kept_access_assignment')),
    sa.ForeignKeyConstraint(['individual'], ['individual.id'], name=op.f('fk_kept_access_individual')),
    sa.PrimaryKeyConstraint('individual', 'assignment', name=op.f('pk_kept_access'))
    )
    op.create_table('notice',
    sa.Column('id', sa.String(), nullable=False),
    sa.Column('agency', sa.String(), nullable=False),
    sa.Column('assignment', sa.String(), nullable=False),
    sa.Column('reference', sa.String(), nullable=False),
    sa.Column('kind', sa.String(), nullable=False),
    sa.Column('at', sa.BigInteger(), nullable=False),
    sa.Column('read_at', sa.BigInteger(), nullable=False),
    sa.ForeignKeyConstraint(['agency'], ['agency.id'], name=op.f('fk_notice_agency')),
    sa.ForeignKeyConstraint(['assignment'], ['assignment.id'], name=op.f('fk_notice_assignment')),
    sa.ForeignKeyConstraint(['reference'], ['reference.id'], name=op.f('fk_notice_reference')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_notice'))
    )
    op.create_index(op.f('ix_notice_assignment'), 'notice', ['assignment'], unique=False)
    op.create_table('partner_client',
    sa.Column('id', sa.String(), nullable=False),
    sa.Column('issuer', sa.String(), nullable=False),
    sa.Column('client_id', sa.String(), nullable=False),
    sa.Column('agency', sa.String(), nullable=False),
    sa.Column('assignment', sa.String(), nullable=False),
    sa.Column('name', sa.String(), nullable=False),
    sa.Column('scopes', sa.String(), nullable=False),
    sa.Column('loa', sa.Integer(), nullable=False),
    sa.Column('registered_by', sa.String(), nullable=False),
    sa.Column('valid_from', sa.BigInteger(), nullable=False),
    sa.Column('valid_until', sa.BigInteger(), nullable=False),
    sa.Column('suspended', sa.Boolean(), nullable=False),
    sa.ForeignKeyConstraint(['agency'], ['agency.id'], name=op.f('fk_partner_client_agency')),
    sa.ForeignKeyConstraint(['assignment'], ['assignment.id'], name=op.f('fk_partner_client_assignment')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_partner_client')),
    sa.UniqueConstraint('issuer', 'client_id', name=op.f('uq_partner_client_issuer_client_id'))
    )
    op.create_index(op.f('ix_partner_client_agency'), 'partner_client', ['agency'], unique=False)
    op.create_table('substitution',
    sa.Column('id', sa.String(), nullable=False),
    sa.Column('agency', sa.String(), nullable=False),
    sa.Column('substitute', sa.String(), nullable=False),
    sa.Column('absent', sa.String(), nullable=False),
    sa.Column('valid_from', sa.BigInteger(), nullable=False),
    sa.Column('valid_until', sa.BigInteger(), nullable=False),
    sa.Column('granted_by', sa.String(), nullable=False),
    sa.ForeignKeyConstraint(['absent'], ['assignment.id'], name=op.f('fk_substitution_absent')),
    sa.ForeignKeyConstraint(['agency'], ['agency.id'], name=op.f('fk_substitution_agency')),
    sa.ForeignKeyConstraint(['substitute'], ['assignment.id'], name=op.f('fk_substitution_substitute')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_substitution'))
    )
    op.create_index(op.f('ix_substitution_absent'), 'substitution', ['absent'], unique=False)
    op.create_index(op.f('ix_substitution_substitute'), 'substitution', ['substitute'], unique=False)
    # ### end Alembic commands ###
    for statement in written_once_statements(op.get_bind().dialect.name):
        op.execute(statement)


def downgrade() -> None:
    """Drop every table."""
    op.drop_table("substitution")
    op.drop_table("partner_client")
    op.drop_table("notice")
    op.drop_table("kept_access")
    op.drop_table("protection_reason")
    op.drop_table("consent_event")
    op.drop_table("clearance")
    op.drop_table("declared_relation")
    op.drop_table("consent_scan")
    op.drop_table("consent_line")
    op.drop_table("assignment")
    op.drop_table("unit")
    op.drop_table("staff")
    op.drop_table("log_review_plan")
    op.drop_table("retention_schedule")
    op.drop_table("representative")
    op.drop_table("reference")
    op.drop_table("hold")
    op.drop_table("consent_notice")
    op.drop_table("consent")
    op.drop_table("picture_visit")
    op.drop_table("pinned_fact")
    op.drop_table("gathering_part")
    op.drop_table("gathering")
    op.drop_table("case_review")
    op.drop_table("withholding")
    op.drop_table("case_reason")
    op.drop_table("case_inquiry_answer")
    op.drop_table("case_inquiry")
    op.drop_table("case_party")
    op.drop_table("case_member")
    op.drop_table("approved_rule")
    op.drop_table("approved_purpose")
    op.drop_table("used_once")
    op.drop_table("standing")
    op.drop_table("signin_session")
    op.drop_table("signin_pending")
    op.drop_table("outbox")
    op.drop_table("once")
    op.drop_table("log_sample_entry")
    op.drop_table("log_sample")
    op.drop_table("log_question")
    op.drop_table("ledger_tree")
    op.drop_table("ledger_pending")
    op.drop_table("ledger_node")
    op.drop_table("ledger_leaf")
    op.drop_table("ledger_holder")
    op.drop_table("ledger_entry")
    op.drop_table("ledger_checkpoint")
    op.drop_table("individual")
    op.drop_table("draft")
    op.drop_table("coordination_case")
    op.drop_table("consent_withdrawal")
    op.drop_table("consent_lift")
    op.drop_table("day_visit")
    op.drop_table("consent_template")
    op.drop_table("consent_receiver")
    op.drop_table("consent_block")
    op.drop_table("agency")
