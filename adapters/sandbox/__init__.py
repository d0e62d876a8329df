"""Agencies of the example: made-up individuals behind real formats. `python -m adapters.sandbox AGENCY`."""
