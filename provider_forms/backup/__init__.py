"""Backup and restore of one instance: everything that can't be made again, in one file.

What can be made again stays out: the site, the caches, the press's copy of the content. The file fits SQLite and
PostgreSQL alike, so it also takes an instance from the one to the other.
"""
