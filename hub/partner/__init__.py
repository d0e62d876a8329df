"""The partner systems' door: the API under /api/v1, by Digg's REST API profile."""

from typing import Final

from hub.partner import administration, clients, inquiry_inbox, log, log_reviews, problems
from hub.partner.app import create_api, telemetry

#: What no single capability can offer by itself.
ROUTERS: Final = (log.router, log_reviews.router, inquiry_inbox.router, administration.router, clients.router)

__all__ = ["ROUTERS", "create_api", "problems", "telemetry"]
