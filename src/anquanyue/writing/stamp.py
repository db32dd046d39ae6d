"""A form's identity, as it stands in the first cell of its hidden first column."""

from dataclasses import asdict, dataclass
from typing import Final
from urllib.parse import parse_qs, urlencode

DERIVED: Final = "anquanyue:derived"
"""The first cell of a sheet that only repeats or explains: reading passes it over."""

_PREFIX: Final = "anquanyue:form?"


@dataclass(frozen=True, slots=True, kw_only=True)
class Stamp:
    """Which form this is, of which campaign and version, made for which unit (its code, or "") and round."""

    campaign: str
    form: str
    version: int
    unit: str = ""
    round: str = ""

    def __str__(self) -> str:
        return _PREFIX + urlencode(asdict(self))

    @classmethod
    def parse(cls, text: str) -> "Stamp | None":
        """The stamp that `text` is, or None; never raises."""
        if not text.startswith(_PREFIX):
            return None
        values = {key: each[0] for key, each in parse_qs(text.removeprefix(_PREFIX), keep_blank_values=True).items()}
        try:
            return cls(
                campaign=values["campaign"],
                form=values["form"],
                version=int(values["version"]),
                unit=values.get("unit", ""),
                round=values.get("round", ""),
            )
        except (KeyError, ValueError):
            return None
