"""Puts what pages are drawn with where handlers find it."""

from collections.abc import Sequence
from pathlib import Path

from fastapi import FastAPI

from hub.kit.clock import Clock
from hub.web.public import signin_page
from hub.web.rendering import Renderer


def publish(app: FastAPI, clock: Clock, folders: Sequence[Path]) -> None:
    """Give `app` a renderer that knows the doors' `folders` of templates, and the pages of signing in."""
    app.state.renderer = Renderer(clock, folders)
    app.state.signin_pages = signin_page
