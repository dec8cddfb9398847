"""Search: what residents can find, as a static file that the browser reads."""
