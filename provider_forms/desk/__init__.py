"""The desk: what is private or unfinished. People, sign-in, drafts, submissions, events. Knows no views."""
