"""No table changes. A database of an earlier version becomes one of this, and so is told what `database.estimates`
says: every upgrade ends with it."""

from __future__ import annotations

revision = "0025"
down_revision = "0024"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """See above."""


def downgrade() -> None:
    """An older version is none the worse for it."""
