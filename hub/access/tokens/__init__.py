"""The door to partner systems' access tokens: who they are, that the token is theirs, and what it is for.

caller = await tokens.caller(request)        # a Caller of kind `client`, or TokenRefused
require_scope(caller, "disclose")            # ScopeMissing when the token isn't for that
"""

from hub.access.scopes import SCOPES, ScopeMissing, require_scope
from hub.access.tokens.certificates import CertificateProxy
from hub.access.tokens.clients import Clients
from hub.access.tokens.errors import TokenRefused
from hub.access.tokens.model import ClientId, PartnerClient
from hub.access.tokens.proofs import Proofs
from hub.access.tokens.repository import Repository
from hub.access.tokens.service import Signer, Tokens

__all__ = [
    "SCOPES",
    "CertificateProxy",
    "ClientId",
    "Clients",
    "PartnerClient",
    "Proofs",
    "Repository",
    "ScopeMissing",
    "Signer",
    "TokenRefused",
    "Tokens",
    "require_scope",
]
