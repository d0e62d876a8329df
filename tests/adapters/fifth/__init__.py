"""A fifth agency, written from `adapters/README.md` alone."""

from tests.adapters.fifth.adapter import Adapter
from tests.adapters.fifth.settings import Settings

__all__ = ["Adapter", "Settings"]
