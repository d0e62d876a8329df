"""What may be wrong with an act in a case.

HubError
├── Conflict
│   ├── AlreadyInTeam
│   ├── GroundGone
│   └── LastMember
└── Invalid
    └── NotAColleague
"""

from hub.kit.errors import Conflict, Invalid


class AlreadyInTeam(Conflict):
    code, title = "redan-i-teamet", "Den personen är redan med"
    detail = "Välj någon annan, eller låt det vara som det är."


class LastMember(Conflict):
    code, title = "sist-i-teamet", "Någon måste vara kvar"
    detail = "Lägg till den som ska ta över, och ta sedan bort den här personen."


class NotAColleague(Invalid):
    code, title = "inte-kollega", "Välj någon på din egen myndighet"
    detail = "Varje myndighet utser sina egna. Be den andra myndigheten lägga till den du söker."


class GroundGone(Conflict):
    """What an official was about to answer may not be told any more: nobody would read it."""

    code, title = "grunden-galler-inte", "Det får inte lämnas längre"
    detail = "Grunden som frågan vilade på gäller inte nu. Svara bara på det som fortfarande får lämnas, eller avstå."
