"""The search page's script, named by its content so that browsers may keep it."""

from __future__ import annotations

import hashlib
from pathlib import Path

SCRIPT = Path(__file__).with_name("search.js").read_bytes()
SCRIPT_PATH = f"assets/zoeken.{hashlib.sha256(SCRIPT).hexdigest()[:8]}.js"
"""Path below the site's root."""
