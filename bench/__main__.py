"""`python -m bench`: measure, print, and add what was measured to results.md."""

import argparse
from collections.abc import Iterator
from pathlib import Path

RESULTS = Path(__file__).parent / "results.md"


def main() -> None:
    """Run what the arguments ask for."""
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    parser.add_argument("what", nargs="?", choices=("folders", "init-forms", "profile"), default="folders")
    parser.add_argument("--sizes", default="100,1000,10000", help="how many submissions, or units (the last of them)")
    parser.add_argument("--results", type=Path, default=RESULTS, help="the file that the report is added to")
    arguments = parser.parse_args()
    sizes = [int(size) for size in arguments.sizes.split(",")]
    sections = []
    for section in _sections(arguments.what, sizes):
        print(section, end="\n\n", flush=True)
        sections.append(section)
    with arguments.results.open("a", encoding="utf-8") as results:
        results.write("\n" + "\n\n".join(sections) + "\n")


def _sections(what: str, sizes: list[int]) -> Iterator[str]:
    if what == "profile":
        from bench.profiling import profile_reading

        return profile_reading()
    if what == "init-forms":
        from bench.forms import compare_forms

        return compare_forms(sizes[-1])
    from bench.folders import compare_folders

    return compare_folders(sizes)


if __name__ == "__main__":
    main()
