"""How fast the program is, and how large, beside what only reads the same files; see README.md."""
