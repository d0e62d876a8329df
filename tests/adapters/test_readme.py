"""The page for whoever writes a fifth adapter doesn't lag behind."""

import re
from pathlib import Path

import pytest

import adapters
from hub.broker.port import Fact
from hub.roads import ADAPTERS

FOLDER = Path(adapters.__file__).parent
PAGE = (FOLDER / "README.md").read_text("utf-8")


@pytest.mark.parametrize("package", sorted(ADAPTERS.values()))
def test_every_matter_that_an_adapter_claims_something_of_is_listed(package: str) -> None:
    code = "".join(each.read_text("utf-8") for each in (FOLDER / package.rpartition(".")[2]).glob("*.py"))
    claimed = set(re.findall(r'Claim\(\s*"([a-z_.]+)"', code)) | set(re.findall(r'matter="([a-z_.]+)"', code))
    listed = set(re.findall(r"^\| `([a-z_]+\.[a-z_]+)` \|", PAGE, re.MULTILINE))
    assert claimed
    assert claimed <= listed


def test_every_part_of_a_fact_is_explained_but_what_only_a_human_sets() -> None:
    named = set(re.findall(r"`(\w+)`", PAGE.partition("Ett `Fact`")[2].partition("###")[0]))
    assert set(Fact.__dataclass_fields__) - {"by_hand"} <= named
