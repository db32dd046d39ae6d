"""From the files that people send to submissions."""
