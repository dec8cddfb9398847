"""A provider of work accounts for tests: a real HTTP server that signs tokens, and that can be told to lie."""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
import threading
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

from joserfc import jwt
from joserfc.jwk import KeySet, RSAKey

CLIENT, SECRET = "wmo-gids", "een geheim"


@dataclass
class Accounts:
    """The provider. Its next answer is made of `claims`, over what a right one holds; None takes a claim away."""

    claims: dict[str, Any] = field(default_factory=dict)
    now: float = 0.0
    unsigned: bool = False
    shared_secret: bytes = b""
    """Signs with this, in place of with a key pair."""
    signed_by: RSAKey | None = None
    """Another key than the published one."""
    calls_itself: str = ""
    asked: dict[str, str] = field(default_factory=dict)
    """What the last browser came with."""

    def __post_init__(self) -> None:
        self.key = _key("first")
        self.published = [self.key]
        provider = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                pages = {
                    "/.well-known/openid-configuration": provider.about(),
                    "/keys": KeySet(list(provider.published)).as_dict(private=False),
                }
                _answer(self, 200 if self.path in pages else 404, pages.get(self.path, {}))

            def do_POST(self) -> None:
                sent = self.rfile.read(int(self.headers["Content-Length"])).decode()
                given = {name: texts[0] for name, texts in parse_qs(sent).items()}
                status, told = provider.token(given, self.headers.get("Authorization", ""))
                _answer(self, status, told)

            def log_message(self, *_args: object) -> None:
                """Nothing: the test's output stays readable."""

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.issuer = f"http://127.0.0.1:{self.server.server_port}"
        self.thread = threading.Thread(target=self.server.serve_forever, kwargs={"poll_interval": 0.01})
        self.thread.start()

    def close(self) -> None:
        """Stops."""
        self.server.shutdown()
        self.server.server_close()
        self.thread.join()

    def settings(self) -> dict[str, Any]:
        """What the application is told about it."""
        return {
            "OIDC_ISSUER": self.issuer,
            "OIDC_CLIENT_ID": CLIENT,
            "OIDC_CLIENT_SECRET": SECRET,
            "OIDC_REVIEWERS": "gids-beoordelaars, gids-lezers",
            "OIDC_ADMINISTRATORS": "gids-beheerders",
        }

    def about(self) -> dict[str, Any]:
        """What it publishes about itself."""
        return {
            "issuer": self.calls_itself or self.issuer,
            "authorization_endpoint": f"{self.issuer}/authorize",
            "token_endpoint": f"{self.issuer}/token",
            "jwks_uri": f"{self.issuer}/keys",
        }

    def visit(self, address: str) -> str:
        """Somebody signs in at its page; gives the path that they are sent back to."""
        parts = urlsplit(address)
        self.asked = {name: texts[0] for name, texts in parse_qs(parts.query).items()}
        assert parts.path == "/authorize"
        back = urlsplit(self.asked["redirect_uri"])
        assert (back.scheme, back.netloc) == ("http", "gids.test")
        return f"{back.path}?{urlencode({'code': 'een-code', 'state': self.asked['state']})}"

    def token(self, given: dict[str, str], authorization: str) -> tuple[int, dict[str, Any]]:
        """The answer to a code: only for who began, and knows the secret."""
        proof = base64.urlsafe_b64encode(hashlib.sha256(given.get("code_verifier", "").encode()).digest())
        known = "Basic " + base64.b64encode(f"{CLIENT}:{SECRET}".encode()).decode()
        right = (
            given.get("code") == "een-code"
            and proof.rstrip(b"=").decode() == self.asked.get("code_challenge")
            and self.asked.get("code_challenge_method") == "S256"
            and authorization == known
        )
        if not right:
            return 400, {"error": "invalid_grant"}
        return 200, {"access_token": "toegang", "token_type": "Bearer", "id_token": self.signed()}

    def signed(self) -> str:
        """The token."""
        claims: dict[str, Any] = {
            "iss": self.issuer,
            "aud": CLIENT,
            "sub": "12345",
            "iat": int(self.now),
            "exp": int(self.now) + 300,
            "nonce": self.asked.get("nonce"),
            "email": "Rosa@Regio.example.nl",
            "groups": ["iets anders", "gids-beoordelaars"],
        }
        claims = {name: text for name, text in {**claims, **self.claims}.items() if text is not None}
        key = self.signed_by or self.key
        if self.unsigned or self.shared_secret:
            header = {"alg": "HS256" if self.shared_secret else "none", "kid": key.kid}
            text = ".".join(_encoded(json.dumps(part).encode()) for part in (header, claims))
            seal = hmac.digest(self.shared_secret, text.encode(), "sha256") if self.shared_secret else b""
            return f"{text}.{_encoded(seal)}"
        return jwt.encode({"alg": "RS256", "kid": key.kid}, claims, key)


def _answer(handler: BaseHTTPRequestHandler, status: int, told: Any) -> None:
    data = json.dumps(told).encode()
    handler.send_response(status)
    handler.send_header("Content-Type", "application/json")
    handler.send_header("Content-Length", str(len(data)))
    handler.end_headers()
    handler.wfile.write(data)


def _encoded(part: bytes) -> str:
    return base64.urlsafe_b64encode(part).rstrip(b"=").decode()


def _key(name: str) -> RSAKey:
    return RSAKey.generate_key(2048, {"kid": name, "use": "sig"})


def another_key(name: str = "first") -> RSAKey:
    """A key of somebody else, by default under the name of the right one."""
    return _key(name)
