"""The staff door: pages only. Every act is a service that the API uses too."""

from pathlib import Path
from typing import Final

#: Where this door's templates lie.
TEMPLATES: Final = Path(__file__).resolve().parent / "templates"

__all__ = ["TEMPLATES"]
