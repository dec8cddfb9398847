"""The HTTP headers that go with every page of the guide (facts.md 3.9: what internet.nl expects).

The guide has no inline script or style and asks nothing of other sites, so the policy names only the site itself and
needs no hash of a script. What is said here once is what our own server sends, and what every build writes out for other
servers: `_headers` for hosts of static sites, `assets/headers/nginx.conf` and `assets/headers/Caddyfile`.
"""

from __future__ import annotations

from collections.abc import Mapping

CONTENT_SECURITY_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; connect-src 'self'; "
    "manifest-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
)
"""`data:` pictures are the small signs in the style sheets."""

HEADERS: Mapping[str, str] = {
    "Content-Security-Policy": CONTENT_SECURITY_POLICY,
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "no-referrer",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
    "Cross-Origin-Opener-Policy": "same-origin",
}
"""Headers of every answer. Strict-Transport-Security belongs to the server that holds the certificate."""

KEEP_FOREVER = "public, max-age=31536000, immutable"
"""Cache-Control of files that have a hash of their content in their name."""
ASK_AGAIN = "no-cache"
"""Cache-Control of everything else: the browser may keep it, and asks each time whether it is still right."""
HASHED = r"\.[0-9a-f]{8}\.(min\.)?(css|js|svg)$"
"""Pattern of the names of files that have such a hash."""


def header_files(root: str) -> dict[str, bytes]:
    """The same headers for other servers, by path below the site's root. `root` is the path the site stands under."""
    return {
        "_headers": _for_static_hosts(root).encode(),
        "assets/headers/nginx.conf": _for_nginx(root).encode(),
        "assets/headers/Caddyfile": _for_caddy(root).encode(),
    }


def _for_static_hosts(root: str) -> str:
    lines = [f"{root}*", *(f"  {name}: {value}" for name, value in _with_cache(ASK_AGAIN)), f"{root}assets/*"]
    return "\n".join((*lines, "  ! Cache-Control", f"  Cache-Control: {KEEP_FOREVER}", ""))


def _for_nginx(root: str) -> str:
    """Two places, each with all headers: nginx forgets those around a place that has its own.

    So whoever has the certificate can add to both: files that aren't there are no error for nginx.
    """
    parts = [
        "# In a server block: include .../site/current/assets/headers/nginx.conf; root .../site/current.",
        "# A header of your own, such as Strict-Transport-Security, goes into a file in /etc/nginx/wmo-gids.d/.",
        f"error_page 404 {root}404.html;",
    ]
    for place, cache in ((f"location {root}", ASK_AGAIN), (f'location ~ "{HASHED}"', KEEP_FOREVER)):
        headers = (f'    add_header {name} "{value}" always;' for name, value in _with_cache(cache))
        parts += [f"{place} {{", "    index index.html;", *headers, "    include wmo-gids.d/*.conf;", "}"]
    return "\n".join((*parts, ""))


def _for_caddy(root: str) -> str:
    headers = (f'    {name} "{value}"' for name, value in _with_cache(ASK_AGAIN))
    return "\n".join(
        (
            "# In a site block: import .../site/current/assets/headers/Caddyfile, beside root * .../site/current and file_server.",
            f"header {root}* {{",
            *headers,
            "}",
            f"@hashed path_regexp {HASHED}",
            f'header @hashed Cache-Control "{KEEP_FOREVER}"',
            "",
        ),
    )


def _with_cache(cache: str) -> list[tuple[str, str]]:
    return [*HEADERS.items(), ("Cache-Control", cache)]
