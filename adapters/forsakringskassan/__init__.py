"""Försäkringskassan's and Pensionsmyndigheten's road: LEFI v9 over REST."""

from adapters.forsakringskassan.adapter import Adapter
from adapters.forsakringskassan.settings import Settings

__all__ = ["Adapter", "Settings"]
