"""What came in place of an answer, and what it means. By status: FHIR servers' codes are not to be trusted."""

from typing import Final

from adapters.psykiatri.bundle import issues
from hub.broker.port import AgencyFault, FaultKind
from hub.kit.http import Reply
from hub.kit.payload import PayloadError, read_json

FHIR: Final = "application/fhir+json"
GONE: Final = 410
_STATUSES: Final = {
    400: FaultKind.REFUSED,
    401: FaultKind.REFUSED,
    403: FaultKind.REFUSED,
    429: FaultKind.OVER_QUOTA,
}


class StatusFault(AgencyFault):
    """The server answered with something else than 200."""

    def __init__(self, reply: Reply) -> None:
        kind = _STATUSES.get(reply.status, FaultKind.DOWN)
        super().__init__(kind, f"HTTP {reply.status}: {_outcome(reply)}", retry_after=reply.retry_after)
        self.status = reply.status


def fhir(reply: Reply) -> bytes:
    """Return the body of what says that it is FHIR R4 in JSON. Raises AgencyFault."""
    if reply.media_type != FHIR:
        raise AgencyFault(FaultKind.MALFORMED, "Content-Type isn't application/fhir+json")
    version = reply.headers.get("content-type", "").lower().partition("fhirversion=")[2].strip('" ;')
    if version and not version.startswith("4.0"):
        raise AgencyFault(FaultKind.MALFORMED, "fhirVersion isn't 4.0")
    return reply.body


def _outcome(reply: Reply) -> str:
    """Return what an OperationOutcome's codes say, when the answer is one."""
    try:
        told = read_json(reply.body)
    except PayloadError:
        return "no OperationOutcome"
    return issues(told) if isinstance(told, dict) else "no OperationOutcome"  # pyright: ignore[reportUnknownArgumentType]
