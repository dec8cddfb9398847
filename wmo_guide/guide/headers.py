"""The HTTP headers that go with every page of the guide (facts.md 3.9: what internet.nl expects).

The guide has no inline script or style and asks nothing of other sites, so the policy names only the site itself.
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
