"""What the project is about: the matrix, the offerings, and the guide made of them. Knows nothing of Flask."""
