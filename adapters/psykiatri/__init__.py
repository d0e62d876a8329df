"""Psychiatry's road: FHIR R4 with HL7 Sweden's base profiles, read with SMART Backend Services."""

from adapters.psykiatri.adapter import Adapter
from adapters.psykiatri.settings import Settings

__all__ = ["Adapter", "Settings"]
