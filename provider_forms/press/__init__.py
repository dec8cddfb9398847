"""The press: a process of its own that publishes what was approved. It alone writes to content and site.

What was approved stands in the desk's queue. The press applies it to a copy of the content, makes what changed, holds
it against the gates, keeps it in the history, and only then switches. Killed at any moment, it goes on where it was.
"""
