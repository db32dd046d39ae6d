"""Spoils good files of every format at random and reads them among whole ones: `python tests/fuzzing.py --seconds 600`.

Each file must end in one of the four statuses with a finding or as a form, no worker may hang or be killed by time, and
what was read of the whole files must not change. A failure names its seed; `--seed N` makes the same files again.
"""

import argparse
import io
import random
import re
import shutil
import struct
import sys
import tempfile
import time
import warnings
import zipfile
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path

if __name__ == "__main__":
    sys.path.insert(0, str(Path(__file__).parent))

from anquanyue.campaign.loader import load_campaign
from anquanyue.campaign.model import Campaign
from anquanyue.reading.folder import read_folder
from anquanyue.reading.submission import Submission
from anquanyue.writing.document import form_document
from reading import grids

from filling import filled_workbook, progress_values
from making import docx_bytes, jpeg_bytes, ods_bytes, xls_bytes, xlsb_bytes, zip_bytes

FILES_A_ROUND = 60
_STATUSES = {"accepted", "superseded", "rejected", "ignored"}
_ELEMENT = re.compile(rb"<([A-Za-z][\w:.-]*)(?:\s[^<>]*)?(?:/>|>)")
_NUMBER = re.compile(rb'="(\d+)"')
_HUGE = (b"-1", b"0", b"2147483648", b"4294967295", b"99999999999999999999", b"1e308", b"NaN", b"", b"A1:XFD1048576")


class FuzzingError(AssertionError):
    """What may not happen, with the seed that makes it happen again."""


def good_files(campaign: Campaign) -> dict[str, bytes]:
    """A filled form in every format, by name."""
    form = campaign.form("progress")
    data = io.BytesIO()
    filled_workbook(campaign, form, progress_values(form)).save(data)
    rows = [list(row) for row in grids.table_rows(progress_values(form))[1:]]
    sheets = {"附件3": rows}
    return {
        "a.xlsx": data.getvalue(),
        "b.xls": xls_bytes(sheets),
        "c.ods": ods_bytes(sheets),
        "d.xlsb": xlsb_bytes(sheets),
        "e.docx": form_document(campaign, form, None, progress_values(form)),
        "f.docx": docx_bytes([rows[0][0], rows[1][0], rows[2:]]),
        "g.zip": zip_bytes({"甲/附件3.xlsx": data.getvalue(), "照片.jpg": jpeg_bytes()}, "gbk"),
    }


# What may happen to a file -----------------------------------------------------------------------------------------


def flipped(data: bytes, chance: random.Random) -> bytes:
    """With some bits changed."""
    changed = bytearray(data)
    for _bit in range(chance.choice((1, 3, 30))):
        changed[chance.randrange(len(changed))] ^= 1 << chance.randrange(8)
    return bytes(changed)


def truncated(data: bytes, chance: random.Random) -> bytes:
    """Without its end, or without a part in the middle."""
    first, last = sorted(chance.randrange(len(data)) for _end in range(2))
    return data[:last] if chance.random() < 0.5 else data[:first] + data[last:]


def overwritten(data: bytes, chance: random.Random) -> bytes:
    """With a number that is far too large somewhere."""
    place = chance.randrange(max(len(data) - 8, 1))
    number = struct.pack(chance.choice(("<I", ">I", "<H", "<Q")), chance.choice((0, 1, 255, 32768, 65535)))
    number = bytes(len(number)) if chance.random() < 0.3 else b"\xff" * len(number) if chance.random() < 0.5 else number
    return data[:place] + number + data[place + len(number) :]


def rearranged(data: bytes, chance: random.Random) -> bytes:
    """With its members exchanged, doubled or left out."""
    members = _members(data)
    first, second = (chance.randrange(len(members)) for _member in range(2))
    match chance.randrange(4):
        case 0:
            members[first], members[second] = (
                (members[first][0], members[second][1]),
                (members[second][0], members[first][1]),
            )
        case 1:
            members.append((members[first][0], members[second][1]))
        case 2:
            del members[first]
        case _:
            members[first] = (members[first][0].swapcase(), members[first][1])
    return _packed(members)


def edited(data: bytes, chance: random.Random) -> bytes:
    """With the text of one of its members changed."""
    members = _members(data)
    texts = [number for number, (_name, content) in enumerate(members) if b"<" in content[:200]]
    if not texts:
        return flipped(data, chance)
    number = chance.choice(texts)
    name, content = members[number]
    for _edit in range(chance.choice((1, 1, 5))):
        content = chance.choice(_EDITS)(content, chance)
    members[number] = (name, content)
    return _packed(members)


def spoiled_inside(data: bytes, chance: random.Random) -> bytes:
    """With something done to the bytes of a member, which no checksum tells."""
    members = _members(data)
    number = chance.randrange(len(members))
    name, content = members[number]
    members[number] = (name, chance.choice(_OF_ALL)(content, chance) if len(content) > 8 else b"")
    return _packed(members)


def _members(data: bytes) -> list[tuple[str, bytes]]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return [(info.filename, archive.read(info)) for info in archive.infolist()]


def _packed(members: Sequence[tuple[str, bytes]]) -> bytes:
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w", zipfile.ZIP_DEFLATED) as archive, warnings.catch_warnings():
        warnings.simplefilter("ignore")  # That two have the same name is meant.
        for name, content in members:
            archive.writestr(zipfile.ZipInfo(name), content, zipfile.ZIP_DEFLATED)
    return data.getvalue()


def _element(content: bytes, chance: random.Random) -> tuple[int, int]:
    """Where an element begins and ends, so far as a glance tells."""
    found = list(_ELEMENT.finditer(content))
    if not found:
        return 0, 0
    match = chance.choice(found)
    if match[0].endswith(b"/>"):
        return match.span()
    end = content.find(b"</" + match[1] + b">", match.end())
    return match.start(), match.end() if end < 0 else end + len(match[1]) + 3


def _without(content: bytes, chance: random.Random) -> bytes:
    first, last = _element(content, chance)
    return content[:first] + content[last:]


def _doubled(content: bytes, chance: random.Random) -> bytes:
    first, last = _element(content, chance)
    return content[:last] + content[first:last] * chance.choice((1, 1, 100)) + content[last:]


def _moved(content: bytes, chance: random.Random) -> bytes:
    first, last = _element(content, chance)
    rest = content[:first] + content[last:]
    place = chance.choice([match.end() for match in _ELEMENT.finditer(rest)] or [0])
    return rest[:place] + content[first:last] + rest[place:]


def _nested(content: bytes, chance: random.Random) -> bytes:
    first, last = _element(content, chance)
    match = _ELEMENT.match(content, first)
    if match is None or match[0].endswith(b"/>"):
        return content
    depth = chance.choice((2, 200, 20_000))
    return content[:first] + match[0] * depth + content[first:last] + (b"</" + match[1] + b">") * depth + content[last:]


def _with_number(content: bytes, chance: random.Random) -> bytes:
    found = list(_NUMBER.finditer(content))
    if not found:
        return content
    first, last = chance.choice(found).span(1)
    return content[:first] + chance.choice(_HUGE) + content[last:]


def _with_bytes(content: bytes, chance: random.Random) -> bytes:
    place = chance.randrange(len(content) + 1)
    strange = (b"\0", b"\xff\xfe", b"&amp;", b"&#0;", b"&x;", b"<!--", b"<![CDATA[", "\u202e）".encode(), b" " * 5000)
    return content[:place] + chance.choice(strange) + content[place:]


_EDITS: Sequence[Callable[[bytes, random.Random], bytes]] = (
    _without, _doubled, _moved, _nested, _with_number, _with_number, _with_bytes,
)  # fmt: skip
_OF_ALL = (flipped, truncated, overwritten)
_OF_ZIPS = (*_OF_ALL, rearranged, spoiled_inside, spoiled_inside, edited, edited, edited)


def spoiled(name: str, data: bytes, seed: int) -> bytes:
    """The file with something done to it."""
    chance = random.Random(f"{name} {seed}")  # noqa: S311 — the same files for the same seed
    return chance.choice(_OF_ZIPS if zipfile.is_zipfile(io.BytesIO(data)) else _OF_ALL)(data, chance)


# Rounds ------------------------------------------------------------------------------------------------------------


def one_round(campaign: Campaign, good: Mapping[str, bytes], seed: int, folder: Path) -> Counter[str]:
    """Read spoiled files among whole ones; how often each code was found.

    Raises:
        FuzzingError: Something happened that may not.
    """
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    names = {f"whole-{name}" for name in good}
    for name, data in good.items():
        (folder / f"whole-{name}").write_bytes(data)
    chance = random.Random(seed)  # noqa: S311
    for number in range(FILES_A_ROUND):
        name = chance.choice(list(good))
        names.add(f"{number:03}-{name}")
        (folder / f"{number:03}-{name}").write_bytes(spoiled(name, good[name], seed * FILES_A_ROUND + number))
    found = read_folder(folder, campaign)
    for complaint in _complaints(found, names, campaign):
        raise FuzzingError(f"seed {seed}: {complaint}")
    return Counter(finding.code for each in found for finding in each.findings)


def _complaints(found: Sequence[Submission], names: set[str], campaign: Campaign) -> Iterator[str]:
    """What may not be."""
    files = {each.path.split("#")[0].split("/")[0] for each in found}
    if files != names:
        yield f"files without an end: {sorted(files ^ names)}"
    values = progress_values(campaign.form("progress"))
    for each in found:
        codes = [finding.code for finding in each.findings]
        for finding in each.findings:
            finding.message("zh")
        if each.status not in _STATUSES:
            yield f"{each.path}: {each.status}"
        elif each.status != "accepted" and not codes:
            yield f"{each.path}: {each.status} without a word"
        elif "file-too-slow" in codes:
            yield f"{each.path}: takes too long"
        elif unforeseen := [str(finding.parameters) for finding in each.findings if _is_unforeseen(finding.parameters)]:
            yield f"{each.path}: {unforeseen}"
        elif each.path.startswith("whole-") and each.form:
            read = {key: entry.value for key, entry in each.entries.items() if type(entry.value) is int}
            wrong = {key: value for key, value in read.items() if values.get(key) != value}
            if wrong or len(read) < 40:
                yield f"{each.path}: a whole file is read as {wrong or read}"


def _is_unforeseen(parameters: Mapping[str, object]) -> bool:
    """Whether a reader failed with what nobody foresaw; that the native one ended, or took all memory, is foreseen."""
    reason = str(parameters.get("reason", ""))
    return reason.endswith(("Error", "Exception"))


def main() -> None:
    """Rounds for as long as asked."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seconds", type=float, default=60)
    parser.add_argument("--seed", type=int, help="one round only, that of this seed")
    parser.add_argument("--keep", type=Path, help="the folder for the files, which then stay")
    asked = parser.parse_args()
    campaign = load_campaign(None, Path(__file__).parent)
    good = good_files(campaign)
    start, rounds, failures = time.monotonic(), 0, 0
    codes: Counter[str] = Counter()
    with tempfile.TemporaryDirectory() as temporary:
        first = random.SystemRandom().randrange(10**6) if asked.seed is None else asked.seed
        while time.monotonic() - start < asked.seconds:
            try:
                codes += one_round(campaign, good, first + rounds, asked.keep or Path(temporary) / "files")
            except FuzzingError as error:
                failures += 1
                print(error, flush=True)
            rounds += 1
            if asked.seed is not None:
                break
    print(f"{rounds} rounds of {FILES_A_ROUND} files, {failures} of them failed; found:")
    print(*(f"{number:6} {code}" for code, number in codes.most_common()), sep="\n")
    sys.exit(min(failures, 1))


if __name__ == "__main__":
    main()
