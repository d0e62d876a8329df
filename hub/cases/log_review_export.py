"""The signed review as files: JSON, and CSV for a spreadsheet. Nothing of whom the entries are about is in them."""

import csv
import io
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, Final

import msgspec

from hub.agencies import AssignmentId
from hub.cases.log_review_views import Sample, SampledEntry
from hub.cases.log_sampling import rules

VERDICTS: Final = {"in_order": "I sin ordning", "ask": "Fråga handläggaren", "report": "Anmäl"}
#: What a spreadsheet would take for a formula.
_FORMULA: Final = ("=", "+", "-", "@", "\t", "\r")
_COLUMNS: Final = {
    "entry": "beslutsnummer",
    "recordedAt": "tid",
    "act": "handling",
    "outcome": "svar",
    "callerName": "handläggare",
    "callerTitle": "titel",
    "reasons": "varför raden drogs",
    "verdict": "bedömning",
    "note": "anteckning",
    "reviewedAt": "granskad",
    "reviewedBy": "granskad av",
}


def as_data(
    sample: Sample, entries: Sequence[SampledEntry], names: Mapping[AssignmentId, str], *, reproduced: bool
) -> dict[str, Any]:
    """Return the review as data: the draw with its seed, who signed, and each entry with what was found."""
    return {
        "sample": sample.id,
        "agency": sample.agency,
        "since": _at(sample.since),
        "until": _at(sample.until),
        "seed": sample.seed,
        "population": sample.population,
        "drawnByLot": sample.random,
        "reproduced": reproduced,
        "drawnAt": _at(sample.drawn_at),
        "drawnBy": names.get(sample.drawn_by, ""),
        "signedAt": _at(sample.signed_at),
        "signedBy": names.get(sample.signed_by, "") if sample.signed_by else "",
        "entries": [_entry(each, names) for each in entries],
    }


def as_json(data: Mapping[str, Any]) -> bytes:
    """Return the review as JSON, indented for people."""
    return msgspec.json.format(msgspec.json.encode(data), indent=2)


def as_csv(data: Mapping[str, Any]) -> bytes:
    """Return the entries as CSV with semicolons, as a Swedish spreadsheet reads it; no cell is taken for a formula."""
    written = io.StringIO(newline="")
    rows = csv.writer(written, delimiter=";")
    rows.writerow(_COLUMNS.values())
    rows.writerows([_cell(entry[name]) for name in _COLUMNS] for entry in data["entries"])
    return b"\xef\xbb\xbf" + written.getvalue().encode()


def _entry(each: SampledEntry, names: Mapping[AssignmentId, str]) -> dict[str, Any]:
    entry = each.entry
    return {
        "entry": each.id,
        "recordedAt": _at(entry.recorded_at if entry else None),
        "act": entry.act if entry else "",
        "outcome": entry.outcome.value if entry else "",
        "callerName": (entry and entry.caller_name) or "",
        "callerTitle": (entry and entry.caller_title) or "",
        "reasons": [rules().words(code) for code in each.reasons],
        "verdict": VERDICTS[each.verdict.value] if each.verdict else "",
        "note": each.note,
        "reviewedAt": _at(each.reviewed_at),
        "reviewedBy": names.get(each.reviewed_by, "") if each.reviewed_by else "",
    }


def _at(at: datetime | None) -> str:
    return at.isoformat(timespec="seconds").replace("+00:00", "Z") if at else ""


def _cell(value: str | list[str]) -> str:
    said = ", ".join(value) if isinstance(value, list) else value
    return f"'{said}" if said.startswith(_FORMULA) else said
