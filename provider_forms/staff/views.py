"""All of the staff desk: its blueprints, with every view hung on them. A new module with views is added to VIEWS."""

from __future__ import annotations

from provider_forms.staff import (
    account,
    content,
    content_item,
    content_preview,
    decide,
    edit,
    history,
    invite,
    kept_data,
    log,
    members,
    merge,
    oidc,
    overview,
    people,
    postcodes,
    publications,
    queue,
    reports,
    second_factor,
    staff,
    start,
    submission,
    withdraw,
)

VIEWS = (
    account,
    content,
    content_item,
    content_preview,
    decide,
    edit,
    history,
    invite,
    kept_data,
    log,
    members,
    merge,
    overview,
    people,
    postcodes,
    publications,
    queue,
    reports,
    second_factor,
    start,
    submission,
    withdraw,
)
"""Importing these modules is what hangs their views."""
BLUEPRINTS = (staff, oidc.door)
