"""What the road's tests share."""

import json

import pytest
from joserfc.jwk import ECKey

from hub.kit.secret import Secret


@pytest.fixture(scope="session")
def client_key() -> Secret[bytes]:
    """The hub's own key, as SMART wants it."""
    key = ECKey.generate_key("P-384", {"use": "sig", "alg": "ES384", "kid": "prov"}, private=True)
    return Secret(json.dumps(key.as_dict(private=True)).encode())
