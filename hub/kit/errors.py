"""The one family of errors that may reach a person or a partner system.

HubError
├── Invalid               422  what was written can't be used; says what to do, field by field
├── TooLarge              413
├── Unauthenticated       401
├── Refused               403  a decided no, with its decision number
├── StepUpNeeded          403  a stronger or a fresher sign-in opens this
├── NotFound              404  absent and not-yours are the same
├── Conflict              409  somebody else was first, or a key was used for something else
├── PreconditionFailed    412  the thing has changed since it was read
├── PreconditionRequired  428  an edit must say which version it edits
├── TooMany               429
└── Undecided             503  could not be decided: permits nothing, and is told apart from a no

`title` and `detail` are Swedish and written for the person who meets them; no detail may hold a personal number,
a name, or whether anything exists.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import ClassVar


@dataclass(frozen=True, slots=True)
class FieldError:
    """One field of a form or body, by its name there, and in Swedish what to do about it."""

    field: str
    message: str


class HubError(Exception):
    """Base of all errors that are told to whoever asked.

    `code` is the stable name of the error (part of problem+json's `type`), `status` its HTTP status.
    """

    status: ClassVar[int] = 500
    code: ClassVar[str] = "internt-fel"
    title: ClassVar[str] = "Något gick fel hos oss"
    detail: str = "Försök igen om en stund. Det du har skrivit finns kvar."

    def __init__(
        self,
        detail: str | None = None,
        *,
        fields: tuple[FieldError, ...] = (),
        headers: Mapping[str, str] | None = None,
        entry: str | None = None,
    ) -> None:
        super().__init__(self.code)
        self.detail = detail or type(self).detail
        self.fields = fields
        self.headers = dict(headers or {})
        #: The ledger entry of the decision that said no ("beslutsnummer"), when there is one.
        self.entry = entry


class Invalid(HubError):
    status, code, title = 422, "ogiltiga-uppgifter", "Något behöver rättas"
    detail = "Rätta det som är markerat och skicka igen."


class TooLarge(HubError):
    status, code, title = 413, "for-stort", "Det var för mycket på en gång"
    detail = "Dela upp det eller skicka en mindre fil."


class Unauthenticated(HubError):
    status, code, title = 401, "inte-inloggad", "Du behöver logga in"
    detail = "Logga in och försök igen."


class Refused(HubError):
    status, code, title = 403, "nekad", "Det här får du inte göra"
    detail = "Beslutet och skälet finns i loggen."


class StepUpNeeded(HubError):
    status, code, title = 403, "starkare-inloggning", "Logga in igen"
    detail = "Det här kräver en ny eller starkare inloggning. Det du har skrivit finns kvar."


class NotFound(HubError):
    status, code, title = 404, "hittas-inte", "Här finns inget som du kan öppna"
    detail = "Adressen kan vara gammal, eller så är det inte ditt att se."


class Conflict(HubError):
    status, code, title = 409, "krock", "Det här går inte ihop med något som redan finns"
    detail = "Läs in sidan igen och se efter vad som har hänt."


class PreconditionFailed(HubError):
    status, code, title = 412, "har-andrats", "Någon annan har ändrat sedan du öppnade"
    detail = "Läs in det nya, jämför med ditt och spara igen. Det du har skrivit finns kvar."


class PreconditionRequired(HubError):
    status, code, title = 428, "version-saknas", "Säg vilken version du ändrar"
    detail = "Skicka If-Match med det ETag som du fick när du läste."


class TooMany(HubError):
    status, code, title = 429, "for-manga", "Det blev för många försök"
    detail = "Vänta en stund och försök igen."


class Undecided(HubError):
    status, code, title = 503, "inte-avgjort", "Vi kunde inte avgöra det just nu"
    detail = "Inget har lämnats ut. Försök igen om en stund."
