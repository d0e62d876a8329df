"""One round trip to PostgreSQL for all who run the same reading statement at the same time."""

import re
from collections.abc import Collection, Mapping, Sequence
from typing import Any, Final

from hub.kit.lines import Lines

_ARGUMENT: Final = re.compile(r"\$(\d+)")
Arguments = tuple[Any, ...]


class Shared:
    """A reading statement, run once for each of several sets of arguments in one statement.

    Its text becomes the inner side of a LATERAL join with the sets; OFFSET 0 keeps it whole there, so that it is planned
    as it is alone: by key, whatever the number of sets.
    """

    def __init__(self, lines: Lines, sql: str) -> None:
        self._lines, self._sql, self._many = lines, sql, ""

    async def __call__(self, asked: Collection[Arguments]) -> Mapping[Arguments, Sequence[Sequence[Any]]]:
        """Return the rows of each set of arguments. Raises what the database raises."""
        if len(asked) == 1:
            [alone] = asked
            return {alone: await self._lines.fetch(self._sql, *alone)}
        found: dict[int, list[Sequence[Any]]] = {}
        self._many = self._many or _for_many(self._sql, await self._lines.types(self._sql))
        ordered = list(asked)
        for number, *row in await self._lines.fetch(self._many, *map(list, zip(*ordered, strict=True))):
            found.setdefault(number, []).append(row)
        return {each: found.get(number, []) for number, each in enumerate(ordered, 1)}


def _for_many(sql: str, types: Sequence[str]) -> str:
    sets = ", ".join(f"${number}::{kind}[]" for number, kind in enumerate(types, 1))
    names = ", ".join(f"argument_{number}" for number in range(1, len(types) + 1))
    inner = _ARGUMENT.sub(r"asked.argument_\1", sql)
    return f"""SELECT asked.number, found.* FROM unnest({sets}) WITH ORDINALITY AS asked({names}, number)
        CROSS JOIN LATERAL ({inner} OFFSET 0) AS found"""  # noqa: S608  statements of the house, nothing from outside
