"""The forms engine: from questions to fields, and from what people type to answers. No views."""

from __future__ import annotations

from provider_forms.web.forms.field import FieldWarning
from provider_forms.web.forms.form import PREFIX, AnswerForm, FieldError, make_form
from provider_forms.web.forms.messages import error_title

__all__ = ["PREFIX", "AnswerForm", "FieldError", "FieldWarning", "error_title", "make_form"]
