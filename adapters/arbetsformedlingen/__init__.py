"""Arbetsförmedlingen over SSBTEK v10, for ekonomiskt bistånd alone (law 4.1, reading R14)."""

from adapters.arbetsformedlingen.adapter import Adapter
from adapters.arbetsformedlingen.settings import CAPABILITIES, Settings

__all__ = ["CAPABILITIES", "Adapter", "Settings"]
