"""The one place that makes HTTP clients: limits, timeouts and the choice of library stand here."""

import httpx

#: Seconds. An agency that has not answered by then is named as silent rather than waited for.
TIMEOUT = httpx.Timeout(10.0, connect=3.0)
LIMITS = httpx.Limits(max_connections=50, max_keepalive_connections=20)


def client(*, timeout: httpx.Timeout = TIMEOUT) -> httpx.AsyncClient:
    """Return a client that follows no redirect and reads no proxy, `.netrc` or certificate out of the environment."""
    return httpx.AsyncClient(timeout=timeout, limits=LIMITS, follow_redirects=False, trust_env=False)
