"""YAML text <-> domain values, with every problem told by file, line and key."""
