"""What a partner system is told when its token or proof is no good (RFC 6750, RFC 9449): little, and never what it held."""

from typing import Final

from hub.kit.errors import Unauthenticated

#: The signatures that we take on DPoP proofs, as a challenge says it.
_ALGORITHMS: Final = "ES256 RS256"


class TokenRefused(Unauthenticated):
    """No token, or one that isn't good here. The reason is logged, not told."""

    code, title = "ogiltig-token", "Åtkomsttoken saknas eller duger inte"
    detail = "Hämta en ny token, bunden till er nyckel (DPoP) eller ert certifikat, och försök igen."

    def __init__(self, error: str = "", scheme: str = "DPoP") -> None:
        told = f'error="{error}"' if error else 'realm="samverkanshubben"'
        algorithms = f', algs="{_ALGORITHMS}"' if scheme == "DPoP" else ""
        super().__init__(headers={"WWW-Authenticate": f"{scheme} {told}{algorithms}"})
