"""One turn of the press, for who has no press running: a guide that is published by a timer alone."""

from __future__ import annotations

from provider_forms.press.lock import PressLock
from provider_forms.press.press import Press, Settings


def publish_once(settings: Settings) -> bool:
    """Publishes what waits, and the new day; False when a press is at work, which does so by itself."""
    lock = PressLock(settings.var)
    if not lock.take():
        return False
    try:
        press = Press(settings)
        try:
            press.turn()
        finally:
            press.close()
    finally:
        lock.give_back()
    return True
