"""Ids that tell nothing: neither order nor time nor how many there are."""

import base64
import secrets


def new_id() -> str:
    """Return 128 random bits as 26 lower-case letters and digits, fit for a URL."""
    return base64.b32encode(secrets.token_bytes(16)).decode().rstrip("=").lower()
