"""Psychiatry's stand-in: a FHIR R4 server of our own, with SMART Backend Services in front."""
