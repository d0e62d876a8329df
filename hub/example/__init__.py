"""The example municipality: Björkå, and everybody it works with. All of it is made up, and goes through the services."""

from hub.example.data import Example, example
from hub.example.load import load

__all__ = ["Example", "example", "load"]
