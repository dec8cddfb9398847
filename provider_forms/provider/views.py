"""All of the providers' door: its blueprints, with every view hung on them. A new module with views is added to VIEWS."""

from __future__ import annotations

from provider_forms.provider import (
    blocks,
    check,
    colleagues,
    estate,
    keep,
    left_over,
    locations,
    merge,
    offering,
    organisation,
    provider,
    reports,
    send,
    sign_in,
    start,
    status,
    waiting,
)
from provider_forms.web.way_back import leads_back

VIEWS = (
    blocks,
    check,
    colleagues,
    estate,
    keep,
    left_over,
    locations,
    merge,
    offering,
    organisation,
    reports,
    send,
    sign_in,
    start,
    status,
    waiting,
)
"""Importing these modules is what hangs their views."""
BLUEPRINTS = (sign_in.door, provider)

leads_back("provider.send", "provider.check")
leads_back("provider.remove", "provider.colleagues")
leads_back("provider.withdraw", "provider.colleagues")
leads_back("provider.remove_location", "provider.locations")
leads_back("provider.restore_location", "provider.locations")
