"""Signing in by the organisation's own accounts (OpenID Connect): asks the provider, and believes only what it signed.

The answer counts when its signature, issuer, audience, times and nonce are right, and the answer belongs to this
browser's question (state, PKCE). Groups decide the role.
"""

from __future__ import annotations

import hmac
import json
import time
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from datetime import datetime, timedelta
from threading import Lock
from typing import Any, Literal
from urllib.parse import urlsplit

import requests
from authlib.common.errors import AuthlibBaseError  # type: ignore[import-untyped]  # it ships no types
from authlib.common.security import generate_token  # type: ignore[import-untyped]  # it ships no types
from authlib.integrations.requests_client import OAuth2Session  # type: ignore[import-untyped]  # it ships no types
from authlib.oidc.core import CodeIDToken  # type: ignore[import-untyped]  # it ships no types
from joserfc import jwt
from joserfc.errors import InvalidKeyIdError, JoseError
from joserfc.jwk import KeySet

from wmo_guide.domain.findings import InvalidValueError
from wmo_guide.domain.values import parse_email

LASTS = timedelta(minutes=10)
"""How long somebody may take at the provider's page."""
_ALGORITHMS = ("RS256", "PS256", "ES256")
"""Signatures with a key pair; never "none", and never a secret that others share."""
_TIMEOUT_SECONDS = 10
_LEEWAY_SECONDS = 60
_KEPT_SECONDS = 3600
_THIS_MACHINE = ("127.0.0.1", "localhost", "::1")
_LENGTH = 48
_LONGEST_SUBJECT = 255


class OidcError(Exception):
    """The provider's answer can't be believed, or it gave none. The message is for the log."""


@dataclass(frozen=True)
class Settings:
    """Where staff have their accounts."""

    issuer: str
    client_id: str
    client_secret: str
    scopes: str
    email_claim: str
    group_claim: str
    reviewers: frozenset[str]
    """Groups whose people are reviewers."""
    administrators: frozenset[str]


@dataclass(frozen=True)
class Question:
    """What a browser took to the provider; it comes back with the answer to exactly this."""

    state: str
    nonce: str
    verifier: str
    onward: str

    def dump(self) -> str:
        """As text."""
        return json.dumps(asdict(self))

    @classmethod
    def load(cls, text: str) -> Question:
        """From text."""
        return cls(**json.loads(text))


@dataclass(frozen=True)
class Account:
    """Who the provider says somebody is."""

    issuer: str
    subject: str
    """Tells the account from all others of this issuer, for ever."""
    email: str
    """Empty when there is none, or none that was checked."""
    role: Literal["reviewer", "administrator"] | None


@dataclass
class Client:
    """Talks to one provider. What it publishes about itself is read again after an hour."""

    settings: Settings
    _kept: dict[str, tuple[float, dict[str, Any]]] = field(default_factory=dict)
    _lock: Lock = field(default_factory=Lock)

    def ask(self, redirect_uri: str, onward: str) -> tuple[str, Question]:
        """The address of the provider's page, and what to remember until its answer comes."""
        state, nonce, verifier = (generate_token(_LENGTH) for _ in range(3))
        question = Question(state, nonce, verifier, onward)
        with self._session(redirect_uri) as session:
            url, _ = session.create_authorization_url(
                _secure(self._about()["authorization_endpoint"]),
                state=question.state,
                code_verifier=question.verifier,
                nonce=question.nonce,
            )
        return str(url), question

    def answer(self, question: Question, given: Mapping[str, str], redirect_uri: str, now: datetime) -> Account:
        """Who the provider says signed in. Raises OidcError."""
        if not hmac.compare_digest(given.get("state", "").encode(), question.state.encode()):
            raise OidcError("The state isn't the one that was asked with.")
        if "error" in given or not given.get("code"):
            raise OidcError(f"The provider refused: {given.get('error', 'no code')[:80]}.")
        if given.get("iss", self.settings.issuer) != self.settings.issuer:
            raise OidcError("Another provider answered.")
        token = self._fetch(question, given["code"], redirect_uri)
        return self._account(self._claims(token, question, now))

    def _session(self, redirect_uri: str) -> OAuth2Session:
        wanted = self.settings
        return OAuth2Session(
            wanted.client_id,
            wanted.client_secret,
            scope=wanted.scopes,
            redirect_uri=redirect_uri,
            code_challenge_method="S256",
            default_timeout=_TIMEOUT_SECONDS,
        )

    def _fetch(self, question: Question, code: str, redirect_uri: str) -> str:
        """The signed token that a code is good for."""
        url = _secure(self._about()["token_endpoint"])
        try:
            with self._session(redirect_uri) as session:
                found = session.fetch_token(url, code=code, code_verifier=question.verifier)
        except (AuthlibBaseError, requests.RequestException, ValueError) as error:
            raise OidcError(f"The code was refused: {error}") from error
        token = found.get("id_token")
        if not isinstance(token, str):
            raise OidcError("There is no id_token in the answer.")
        return token

    def _claims(self, token: str, question: Question, now: datetime) -> dict[str, Any]:
        try:
            try:
                decoded = jwt.decode(token, self._keys(), algorithms=list(_ALGORITHMS))
            except InvalidKeyIdError:  # the provider has changed its keys since
                decoded = jwt.decode(token, self._keys(afresh=True), algorithms=list(_ALGORITHMS))
            claims = CodeIDToken(
                decoded.claims,
                decoded.header,
                options={
                    "iss": {"essential": True, "value": self.settings.issuer},
                    "aud": {"essential": True, "value": self.settings.client_id},
                },
                params={"nonce": question.nonce, "client_id": self.settings.client_id},
            )
            claims.validate(now=int(now.timestamp()), leeway=_LEEWAY_SECONDS)
        except (JoseError, AuthlibBaseError, ValueError, KeyError, TypeError) as error:
            raise OidcError(f"The token can't be believed: {error!r}") from error
        return dict(decoded.claims)

    def _account(self, claims: Mapping[str, Any]) -> Account:
        subject = claims.get("sub")
        if not isinstance(subject, str) or not 0 < len(subject) <= _LONGEST_SUBJECT:
            raise OidcError("The token doesn't say whose account it is.")
        named = claims.get(self.settings.group_claim, ())
        groups = {named} if isinstance(named, str) else {str(one) for one in named if isinstance(one, str)}
        role: Literal["reviewer", "administrator"] | None = "reviewer" if groups & self.settings.reviewers else None
        if groups & self.settings.administrators:
            role = "administrator"
        return Account(self.settings.issuer, subject, _address(claims, self.settings.email_claim), role)

    def _about(self) -> dict[str, Any]:
        found = self._read("about", f"{self.settings.issuer.rstrip('/')}/.well-known/openid-configuration")
        if found.get("issuer") != self.settings.issuer:
            raise OidcError(f"The provider calls itself {str(found.get('issuer'))[:100]}.")
        return found

    def _keys(self, *, afresh: bool = False) -> KeySet:
        found = self._read("keys", _secure(self._about()["jwks_uri"]), afresh=afresh)
        return KeySet.import_key_set(found)  # type: ignore[arg-type]  # it checks the shape itself

    def _read(self, what: str, url: str, *, afresh: bool = False) -> dict[str, Any]:
        with self._lock:
            kept = self._kept.get(what)
            if kept and not afresh and time.monotonic() - kept[0] < _KEPT_SECONDS:
                return kept[1]
            try:
                answer = requests.get(url, timeout=_TIMEOUT_SECONDS, allow_redirects=False)
                answer.raise_for_status()
                found = answer.json()
            except (requests.RequestException, ValueError) as error:
                raise OidcError(f"{url} can't be read: {error}") from error
            if not isinstance(found, dict):
                raise OidcError(f"{url} holds no object.")
            self._kept[what] = (time.monotonic(), found)
            return found


def _address(claims: Mapping[str, Any], name: str) -> str:
    """The mail address, if there is one and the provider doesn't say that nobody checked it."""
    address = claims.get(name)
    if not isinstance(address, str) or claims.get("email_verified", True) not in (True, "true"):
        return ""
    try:
        return parse_email(address.strip()).lower()
    except InvalidValueError:
        return ""


def _secure(url: object) -> str:
    """The address, when nobody on the way can read or change what goes there."""
    parts = urlsplit(str(url))
    if parts.scheme == "https" or (parts.scheme == "http" and parts.hostname in _THIS_MACHINE):
        return str(url)
    raise OidcError(f"{str(url)[:100]} is not a safe address.")
