"""What can go wrong at the doors.

HubError
├── Unauthenticated  401
│   └── SessionOver       there was a session; it has ended
├── ProviderSilent   503  the identity provider doesn't answer, or says what can't be understood
├── AssignmentNeeded 403  an official who hasn't chosen what to work as
├── SignInRefused    403  the identity provider's word is no good here
└── FormTooOld       403  a form without the secret of this session

`Untrusted` is for us alone: a token that can't be believed, by a code that may be logged.
"""

from hub.kit.errors import HubError, Unauthenticated


class SessionOver(Unauthenticated):
    code, title = "utloggad", "Du har blivit utloggad"
    detail = "Logga in igen, så kommer du tillbaka hit."


class AssignmentNeeded(HubError):
    status, code, title = 403, "valj-uppdrag", "Välj vilket uppdrag du arbetar i"
    detail = "Vad du får se hänger på uppdraget."


class ProviderSilent(HubError):
    status, code, title = 503, "inloggningen-svarar-inte", "Inloggningstjänsten svarar inte"
    detail = "Det är inte ditt fel. Vänta en stund och försök igen."


class SignInRefused(HubError):
    status, code, title = 403, "inloggningen-galler-inte", "Vi kunde inte logga in dig"
    detail = "Börja om från inloggningen."


class FormTooOld(HubError):
    status, code, title = 403, "formularet-for-gammalt", "Sidan har legat öppen för länge"
    detail = "Läs in sidan igen och skicka en gång till. Kopiera först det du har skrivit."


class Untrusted(Exception):
    """A token, answer or proof that can't be believed. `code` says why, and nothing of what it held."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


class MadeUpProvider(RuntimeError):
    """A hub in production was told of an identity provider that signs in made-up people; it doesn't start."""
