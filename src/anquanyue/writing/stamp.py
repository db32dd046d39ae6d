"""A form's identity, as it stands hidden in its workbook's first cell and in its document's first paragraph."""

from dataclasses import asdict, dataclass
from typing import Final
from urllib.parse import parse_qs, urlencode

from anquanyue.campaign.model import LARGEST_COUNT, Campaign, Form, Unit

DERIVED: Final = "anquanyue:derived"
"""The first cell of a sheet that only repeats or explains: reading passes it over."""

_PREFIX: Final = "anquanyue:form?"


@dataclass(frozen=True, slots=True, kw_only=True)
class Stamp:
    """Which form this is, of which campaign and version, made for which unit (its code, or "") and round.

    `revision` counts how often the form was returned to the unit for correction. `yes` is for a form that holds the
    totals of many units (汇总): how many of them said yes, by the key of each yes/no that is ticked in it.
    """

    campaign: str
    form: str
    version: int
    unit: str = ""
    round: str = ""
    revision: int = 0
    yes: tuple[tuple[str, int], ...] = ()

    def __str__(self) -> str:
        known = {key: value for key, value in asdict(self).items() if key not in ("revision", "yes") or value}
        if self.yes:
            known["yes"] = ",".join(f"{key}:{number}" for key, number in self.yes)
        return _PREFIX + urlencode(known)

    @classmethod
    def of(cls, campaign: Campaign, form: Form, unit: Unit | None, *, round: str = "", revision: int = 0) -> "Stamp":
        """The stamp of the form as it is made for that unit, or for everybody; `round` says which of several."""
        rounds = campaign.duty_of(form).rounds
        return cls(
            campaign=campaign.key,
            form=form.key,
            version=form.version,
            unit=unit.code if unit else "",
            round=rounds[0].key if len(rounds) == 1 else round,
            revision=revision,
        )

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
                revision=int(values.get("revision", "0")),
                yes=tuple(_parse_yes(each) for each in values.get("yes", "").split(",") if each),
            )
        except (KeyError, ValueError):
            return None


def _parse_yes(text: str) -> tuple[str, int]:
    key, _colon, number = text.partition(":")
    if not 0 < int(number) <= LARGEST_COUNT:
        raise ValueError(f"no number of units: {number}")
    return key, int(number)
