"""`python -m anquanyue`."""

from anquanyue.cli import main

# A worker process imports this module again, and must not start a second program.
if __name__ == "__main__":
    main()
