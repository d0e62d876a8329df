"""The example's made-up individuals: the same that the hub's own example has."""

from dataclasses import dataclass
from functools import cache
from pathlib import Path

from adapters.sandbox.common.register import load_yaml

_EXAMPLE = Path(__file__).resolve().parents[3] / "hub" / "example" / "individuals.yaml"


@dataclass(frozen=True, slots=True)
class Person:
    """One made-up individual. `protection`: "" for none."""

    number: str
    given_name: str
    family_name: str
    story: str
    protection: str = ""

    @property
    def name(self) -> str:
        return f"{self.given_name} {self.family_name}"


@cache
def people() -> dict[str, Person]:
    """Return number → individual, in the example's order."""
    told = load_yaml(_EXAMPLE)["individuals"].values()
    made = (Person(**{name: each[name] for name in Person.__dataclass_fields__ if name in each}) for each in told)
    return {each.number: each for each in made}
