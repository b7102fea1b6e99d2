"""Who may call: pages of ours only, from where they say they come, and with what headers they are answered."""

from __future__ import annotations

from collections.abc import Mapping
from ipaddress import ip_address, ip_network
from typing import Final
from urllib.parse import urlsplit

from aiohttp import web

LOOPBACK: Final = frozenset({"127.0.0.1", "localhost", "::1"})
CSP: Final = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' blob:; connect-src 'self'; "
    "manifest-src 'self'; frame-src 'self'; form-action 'none'; base-uri 'none'; frame-ancestors {ancestors}; "
    "require-trusted-types-for 'script'"
)
HEADERS: Final = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=(), payment=(), usb=()",
}
FILE_CSP: Final = "default-src 'none'; sandbox; frame-ancestors 'none'"


class Gate:
    """Knows where the page lies and whom to believe."""

    def __init__(self, public_url: str, proxies: tuple[str, ...], *, framed: bool) -> None:
        """`public_url` is "" on a loopback; `proxies` may say for whom they call; `framed`: by pages of ours."""
        parts = urlsplit(public_url)
        self._origin = f"{parts.scheme}://{parts.netloc}" if public_url else ""
        self._proxies = tuple(ip_network(proxy, strict=False) for proxy in proxies)
        self._csp = CSP.format(ancestors="'self'" if framed else "'none'")
        self._framed = framed

    @property
    def https(self) -> bool:
        """Tell whether people reach us by https."""
        return self._origin.startswith("https:")

    def check(self, request: web.Request) -> None:
        """Refuse what another site makes a browser send.

        Raises HTTPMisdirectedRequest for a name that is not ours, HTTPForbidden for another site's page.
        """
        if not self._origin and _name(request.host) not in LOOPBACK:
            raise web.HTTPMisdirectedRequest(text="This address is not served. Set PUBLIC_URL to serve it.")
        site = request.headers.get("Sec-Fetch-Site", "")
        if request.method in ("GET", "HEAD"):
            if site == "cross-site" and request.headers.get("Sec-Fetch-Mode") != "navigate":
                raise web.HTTPForbidden(text="Not from another site.")
            return
        origin = request.headers.get("Origin", "")
        if origin != self._ours(request) or site not in ("", "same-origin"):
            raise web.HTTPForbidden(text="Not from another site.")

    def _ours(self, request: web.Request) -> str:
        return self._origin or f"http://{request.host}"

    def address(self, request: web.Request) -> str:
        """Give the network address that calls; what a trusted proxy says of it is believed, nobody else."""
        address = request.remote or ""
        for said in reversed(request.headers.get("X-Forwarded-For", "").split(",")):
            if not self._trusted(address) or not _is_address(said.strip()):
                break
            address = said.strip()
        return _network(address)

    def _trusted(self, address: str) -> bool:
        return _is_address(address) and any(ip_address(address) in proxy for proxy in self._proxies)

    def headers(self) -> Mapping[str, str]:
        """Give the headers of every answer."""
        given = {**HEADERS, "Content-Security-Policy": self._csp}
        if not self._framed:
            given["X-Frame-Options"] = "DENY"
        if self.https:
            given["Strict-Transport-Security"] = "max-age=31536000"
        return given


def _name(host: str) -> str:
    return urlsplit(f"//{host}").hostname or ""


def _is_address(text: str) -> bool:
    try:
        ip_address(text)
    except ValueError:
        return False
    return True


def _network(address: str) -> str:
    """Give what one household has: of IPv6 its first 64 bits."""
    if _is_address(address) and ip_address(address).version == 6:
        return str(ip_network(f"{address}/64", strict=False))
    return address
