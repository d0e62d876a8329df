"""The partner systems' door: the API under /api/v1, by Digg's REST API profile."""

from hub.partner.app import create_api

__all__ = ["create_api"]
