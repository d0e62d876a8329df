"""The staff door: pages only. Every act is a service that the API uses too."""

from pathlib import Path
from typing import Final

from hub.access import GuardedRouter
from hub.workspace import (
    admin,
    answering,
    cases,
    consents,
    day,
    evidence,
    inquiries,
    lifting,
    log,
    log_reviews,
    notices,
    people,
    picture,
    protection,
    receiving,
    reviews,
    sharing,
    withholding,
)

#: Where this door's templates lie.
TEMPLATES: Final = Path(__file__).resolve().parent / "templates"

router: Final = GuardedRouter(include_in_schema=False)
for each in (
    day,
    people,
    protection,
    cases,
    picture,
    sharing,
    inquiries,
    lifting,
    withholding,
    answering,
    receiving,
    consents,
    evidence,
    reviews,
    log,
    log_reviews,
    notices,
    admin,
):
    router.include_router(each.router)

__all__ = ["TEMPLATES", "router"]
