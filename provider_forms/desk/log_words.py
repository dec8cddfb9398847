"""What the log's events are called on the screen, and what their particulars mean."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

NAMES: Mapping[str, str] = {
    "signed_in": "Ingelogd",
    "signed_out": "Uitgelogd",
    "signed_out_everywhere": "Overal uitgelogd",
    "link_sent": "Inloglink gestuurd",
    "link_refused": "Inloglink gevraagd voor een onbekend adres",
    "invited": "Uitgenodigd",
    "uninvited": "Uitnodiging ingetrokken",
    "joined": "Beheerder van een aanbieder geworden",
    "removed": "Beheerder van een aanbieder verwijderd",
    "foreign_organisation": "Gegevens van een andere aanbieder geprobeerd te openen",
    "desk_refused": "Pagina van het beheer geweigerd",
    "submission": "Inzending",
    "decision": "Besluit over een inzending",
    "publication": "Publicatie",
    "contract_noted": "Contract genoteerd",
    "confirmation_asked": "Gevraagd of het aanbod nog klopt",
    "real_estate": "Woonruimte gemeld",
    "staff_appointed": "Medewerker benoemd",
    "staff_role_changed": "Rol van medewerker veranderd",
    "staff_dismissed": "Medewerker verwijderd",
    "second_factor_set": "Tweede stap ingesteld",
    "second_factor_given": "Tweede stap gegeven",
    "second_factor_wrong": "Verkeerde code bij de tweede stap",
    "second_factor_reset": "Tweede stap gewist",
    "recovery_code_used": "Herstelcode gebruikt",
    "recovery_codes_made": "Herstelcodes gemaakt",
    "session_ended": "Apparaat uitgelogd",
    "all_staff_sessions_ended": "Alle medewerkers uitgelogd",
    "work_account_bound": "Werkaccount gekoppeld",
    "work_account_released": "Werkaccount losgemaakt",
    "report_made": "Melding van een bezoeker",
    "report_answered": "Aanbieder reageerde op een melding",
    "report_closed": "Melding afgehandeld",
    "ladder_step": "Stap in de controle of aanbod nog klopt",
    "staff_told": "Medewerkers gemaild over oud aanbod",
    "data_erased": "Oude gegevens gewist",
    "restored": "Reservekopie teruggezet over de gids die er stond",
    "person_erased": "Gegevens van een persoon gewist",
    "reports_erased": "Meldingen van een persoon gewist",
    "misfit_labelled": "Antwoord “past niet in de matrix” ingedeeld",
    "log_exported": "Logboek gedownload",
}
"""By the event's key."""
ROLES: Mapping[str, str] = {
    "visitor": "bezoeker",
    "manager": "aanbieder",
    "staff": "medewerker",
    "system": "vanzelf",
}
_PARTICULARS: Mapping[str, str] = {
    "number": "nummer",
    "state": "stand",
    "kind": "soort",
    "what": "wat",
    "job": "opdracht",
    "region": "regio",
    "commit": "versie",
    "person": "persoon",
    "role": "rol",
    "asked": "gevraagd",
    "method": "methode",
    "path": "pagina",
    "why": "waarom",
    "report": "melding",
    "slug": "aanbieder",
    "step": "stap",
    "confirmed_on": "bevestigd op",
    "topic": "onderwerp",
    "rows": "aantal",
}
_VALUES: Mapping[str, str] = {
    "received": "ontvangen",
    "in_review": "in behandeling",
    "returned": "teruggestuurd",
    "approved": "goedgekeurd",
    "edited": "goedgekeurd na bewerken",
    "rejected": "afgewezen",
    "published": "gepubliceerd",
    "withdrawn": "ingetrokken",
    "queued": "in de rij",
    "live": "in de gids",
    "failed": "mislukt",
    "form": "formulier",
    "fast": "wachttijd",
    "confirmation": "alles klopt nog",
    "provider": "aanbieder",
    "content": "inhoud",
    "undo": "teruggezet",
    "site": "hele gids",
    "reviewer": "beoordelaar",
    "administrator": "beheerder",
    "remind": "herinnering",
    "escalate": "medewerkers ingelicht",
    "warn": "waarschuwing op de pagina",
    "hide": "uit de gids",
    "not_staff": "geen medewerker",
    "not_administrator": "geen beheerder",
}


def name_of(what: str) -> str:
    """What an event is called; its key when nobody gave it a name."""
    return NAMES.get(what, what)


def particulars(details: Mapping[str, Any]) -> str:
    """The particulars of an event on one line."""
    return ", ".join(_told(details))


def _told(details: Mapping[str, Any]) -> Iterator[str]:
    for key, value in details.items():
        if value not in (None, "", [], {}):
            yield f"{_PARTICULARS.get(key, key)}: {_VALUES.get(str(value), value)}"
