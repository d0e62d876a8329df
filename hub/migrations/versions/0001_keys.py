"""The first schema of the keys' own database."""

import sqlalchemy as sa
from alembic import op

revision = "0001_keys"
down_revision = None
branch_labels = ("keys",)
depends_on = None


def upgrade() -> None:
    """Make every table."""
    op.create_table('wrapped_key',
    sa.Column('id', sa.String(), nullable=False),
    sa.Column('wrapped', sa.LargeBinary(), nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_wrapped_key'))
    )
    # ### end Alembic commands ###


def downgrade() -> None:
    """Drop every table."""
    op.drop_table("wrapped_key")
