"""What things are: regions, matrices, questions, providers. Knows no YAML, HTML, HTTP or SQL."""
