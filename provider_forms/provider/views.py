"""All of the providers' door: its blueprints, with every view hung on them. A new module with views is added to VIEWS."""

from __future__ import annotations

from provider_forms.provider import (
    blocks,
    check,
    colleagues,
    estate,
    keep,
    locations,
    merge,
    offering,
    organisation,
    provider,
    send,
    sign_in,
    start,
    status,
    waiting,
)

VIEWS = (
    blocks,
    check,
    colleagues,
    estate,
    keep,
    locations,
    merge,
    offering,
    organisation,
    send,
    sign_in,
    start,
    status,
    waiting,
)
"""Importing these modules is what hangs their views."""
BLUEPRINTS = (sign_in.door, provider)
