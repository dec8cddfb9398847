"""What the pages of all doors share: sessions, protection of forms, page rendering, content."""
