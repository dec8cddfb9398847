"""The one question that every region asks in the same way: what doesn't fit in its matrix."""

from __future__ import annotations

from wmo_guide.domain.questions import Question

MISFIT = "misfit"
"""Name of its part, and its key there."""
MISFIT_TITLE = "Wat niet in de matrix past"
MISFIT_QUESTION = Question(
    key=MISFIT,
    kind="text",
    label="Ons aanbod past niet in de matrix, namelijk:",
    help="Wat doet u, voor wie, en wat bereikt u ermee? Waarom past het niet bij een bouwsteen?",
    audience="staff",
    max=3000,
)
