"""The individual's door: pages only. Every act is a service that the API uses too."""

from pathlib import Path
from typing import Final

from hub.access import GuardedRouter
from hub.portal import about, consents, giving, log, previewing, start, who

#: Where this door's templates lie.
TEMPLATES: Final = Path(__file__).resolve().parent / "templates"

router: Final = GuardedRouter(include_in_schema=False)
for each in (start, about, giving, consents, previewing, log, who):
    router.include_router(each.router)

__all__ = ["TEMPLATES", "router"]
