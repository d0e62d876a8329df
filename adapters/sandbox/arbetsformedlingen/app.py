"""SSBTEK v10 as a service: one address, two operations, SOAP 1.1 over mutual TLS."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from adapters.sandbox.arbetsformedlingen.answering import answered, reached
from adapters.sandbox.arbetsformedlingen.knowing import lines
from adapters.sandbox.arbetsformedlingen.soap import MEDIA_TYPE, SSBTEK, NotTaken, Phrases, fault, told
from adapters.sandbox.arbetsformedlingen.taking import operation, taken
from adapters.sandbox.common import Agency, Fault, Given, Phrase, Switch, load_register

#: Where the service answers, after the address of the machine.
PATH: Final = "/ssbtek/v10/BastjanstInformation"
Register = Mapping[str, Mapping[str, Any]]


def create(given: Given) -> Agency:
    """Return the agency, with its register as it lies beside this file."""
    register = load_register(Path(__file__).with_name("register.yaml"))
    service = _Service(register, given.switch)
    return Agency(
        slug="af",
        name="Arbetsförmedlingen (SSBTEK)",
        app=Starlette(routes=[Route(PATH, service.ask, methods=["POST"])]),
        phrases=Phrases(),
        media_type=MEDIA_TYPE,
        numbers=tuple(register),
        knows=lambda number: lines(register.get(number, {})),
        client_certificate=True,
    )


class _Service:
    def __init__(self, register: Register, switch: Switch) -> None:
        self._register, self._switch = register, switch

    async def ask(self, request: Request) -> Response:
        try:
            said = self._said(await request.body())
        except NotTaken as error:
            said = fault("Client", error.code, str(error))
        return Response(said.body, said.status, said.headers, said.media_type)

    def _said(self, body: bytes) -> Phrase:
        asked = operation(body)
        if asked.tag == f"{SSBTEK}testaBastjanstInformation":
            return told(reached())
        if asked.tag != f"{SSBTEK}hamtaBastjanstInformation":
            raise NotTaken("SSBT-003", "Operationen finns inte.")
        question = taken(asked)
        number = self._about(question.person)
        return told(answered(question, number, self._register.get(number, {})))

    def _about(self, number: str) -> str:
        """Whom the answer is about: somebody else, when the service is dishonest."""
        if not self._switch.is_on(Fault.DISHONEST):
            return number
        return next(each for each in self._register if each != number)
