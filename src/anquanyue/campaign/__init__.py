"""What is asked, of whom and when: the campaign file and the roster as plain data."""
