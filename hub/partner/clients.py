"""The API of partner systems: one agency's own, registered, shut out and let in again by its administrator.

A system never administers: the question `administer` is for an official signed in at the staff door.
"""

from datetime import date, datetime
from typing import Annotated, Any, Final

from fastapi import Request
from pydantic import ConfigDict, Field

from hub.access import GuardedRouter
from hub.access.tokens import SCOPES, ClientId, PartnerClient
from hub.agencies import OPEN_END, Mandate
from hub.kit.clock import midnight_after
from hub.kit.errors import Conflict, FieldError, Invalid
from hub.kit.rest import Body, Idempotent, Instant, problems
from hub.partner.administering import USUAL, Administering, Identity, Made, Room

router: Final = GuardedRouter(tags=["Administration"])
_CLIENT: Final[dict[str, Any]] = {
    "id": "k5m2q9x4c1v8b5n3k6w0z2d4ya",
    "issuer": "https://idp.example",
    "clientId": "treserva",
    "name": "Verksamhetssystemet",
    "assignmentId": "lena",
    "scopes": ["case:act", "disclose"],
    "loa": 3,
    "suspended": False,
    "validFrom": "2026-11-24T08:04:00Z",
}


class ClientBody(Body):
    """Ett verksamhetssystem som får använda API:et."""

    id: str = Field(description="Beteckning / id")
    issuer: str = Field(description="Inloggningstjänsten / the identity provider")
    client_id: str = Field(description="Systemets id där / its id there")
    name: str = Field(description="Vad systemet heter / its name")
    assignment_id: str = Field(description="Uppdraget som det handlar i / the assignment that it acts in")
    scopes: tuple[str, ...] = Field(description="Räckvidd / scopes")
    loa: int = Field(description="Hur starkt användarna är inloggade / how strongly its users are signed in")
    suspended: bool = Field(description="Avstängt / shut out")
    valid_from: Instant
    valid_until: datetime | None = Field(
        default=None, description="Till; saknas när det inte har något slut / open end"
    )

    @classmethod
    def of(cls, client: PartnerClient) -> "ClientBody":
        """Return a system as it is told."""
        return cls(
            id=client.id,
            issuer=client.issuer,
            client_id=client.client_id,
            name=client.name,
            assignment_id=client.assignment,
            scopes=tuple(client.scopes.split()),
            loa=client.loa,
            suspended=client.suspended,
            valid_from=client.valid_from,
            valid_until=None if client.valid_until == OPEN_END else client.valid_until,
        )


class ClientList(Body):
    """Myndighetens verksamhetssystem."""

    model_config = ConfigDict(json_schema_extra={"example": {"items": [_CLIENT]}})

    items: tuple[ClientBody, ...] = Field(description="Verksamhetssystem / partner systems")


class NewClient(Body):
    """Ett verksamhetssystem att släppa in."""

    model_config = ConfigDict(
        json_schema_extra={
            "example": {
                "issuer": "https://idp.example",
                "clientId": "treserva",
                "name": "Verksamhetssystemet",
                "assignmentId": "lena",
                "scopes": ["case:act", "disclose"],
                "loa": 3,
                "diarienummer": "SN 2026-19",
            }
        }
    )

    issuer: Annotated[str, Field(max_length=500, description="Inloggningstjänsten / the identity provider")]
    client_id: Annotated[str, Field(max_length=500, description="Systemets id där / its id there")]
    name: Annotated[str, Field(max_length=500, description="Vad systemet heter / its name")]
    assignment_id: Annotated[
        str, Field(max_length=64, description="Uppdraget som det handlar i / the assignment that it acts in")
    ]
    scopes: Annotated[
        tuple[str, ...], Field(max_length=len(SCOPES), description=f"Räckvidd / scopes: {', '.join(sorted(SCOPES))}")
    ]
    loa: Annotated[int, Field(ge=1, le=4, description="Användarnas tillitsnivå / the users' level of assurance")]
    last_day: date | None = Field(default=None, description="Sista dagen / the last day")
    diarienummer: Annotated[
        str, Field(min_length=1, max_length=500, description="Beslutets diarienummer / file number of the decision")
    ]


@router.get("/partner-clients", summary="Verksamhetssystem", responses=problems(*USUAL))
async def list_clients(request: Request, asking: Administering) -> ClientList:
    """Return the partner systems of the caller's agency, ended ones too. / Den egna myndighetens verksamhetssystem."""
    room = Room(request, asking)
    mandate = await room.mandate("see")
    return ClientList(items=tuple(ClientBody.of(each) for each in await room.clients.of_agency(mandate.agency)))


@router.post(
    "/partner-clients", status_code=201, summary="Släpp in ett verksamhetssystem", responses=problems(*USUAL, Conflict)
)
async def register_client(request: Request, body: NewClient, asking: Administering, once: Idempotent) -> Made:
    """Let a system in, on the agency's decision. / Släpper in ett verksamhetssystem, efter myndighetens beslut."""
    if not body.diarienummer.strip():
        raise Invalid(fields=(FieldError("diarienummer", "Skriv diarienumret."),))
    room = Room(request, asking)
    until = {"valid_until": midnight_after(body.last_day)} if body.last_day else {}
    made = await room.clients.register(
        await _mandate(room),
        issuer=body.issuer,
        client_id=body.client_id,
        name=body.name,
        assignment=body.assignment_id,
        scopes=body.scopes,
        loa=body.loa,
        diarienummer=body.diarienummer.strip(),
        once=once,
        **until,
    )
    return Made(id=made)


@router.put(
    "/partner-clients/{id}/suspension",
    status_code=204,
    summary="Stäng av ett verksamhetssystem",
    responses=problems(*USUAL),
)
async def suspend_client(request: Request, identity: Identity, asking: Administering) -> None:
    """Shut a system out: its tokens are refused at once. / Stänger av ett system; dess nycklar slutar gälla genast."""
    room = Room(request, asking)
    await room.clients.suspend(await _mandate(room), ClientId(identity))


@router.delete(
    "/partner-clients/{id}/suspension",
    status_code=204,
    summary="Släpp in ett avstängt verksamhetssystem",
    responses=problems(*USUAL),
)
async def resume_client(request: Request, identity: Identity, asking: Administering) -> None:
    """Let a system that was shut out in again, on the decision that once let it in. / Släpper in systemet igen."""
    room = Room(request, asking)
    await room.clients.resume(await _mandate(room), ClientId(identity))


async def _mandate(room: Room) -> Mandate:
    """Registering is on the agency's decision, and that decision carries shutting out and letting in again."""
    return await room.mandate("register_client", decided=True)
