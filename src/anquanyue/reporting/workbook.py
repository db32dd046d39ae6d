"""The report as a workbook."""

from pathlib import Path

from anquanyue.contacts import Masking
from anquanyue.findings.grouping import by_unit
from anquanyue.reporting.consolidated_sheet import add_consolidated_sheet
from anquanyue.reporting.contacts_sheet import add_contacts_sheets
from anquanyue.reporting.findings_sheet import add_findings_sheet
from anquanyue.reporting.layout import new_workbook
from anquanyue.reporting.long_rows import long_workbook_bytes
from anquanyue.reporting.overview_sheet import add_overview_sheet
from anquanyue.reporting.sources_sheet import add_sources_sheet
from anquanyue.reporting.status_sheet import add_status_sheet
from anquanyue.reporting.units_sheet import add_ranks_sheet, add_units_sheet
from anquanyue.summary import Summary


def report_workbook(
    summary: Summary, working_folder: Path, *, ranks: bool = False, contacts: Masking | None = None
) -> bytes:
    """The report: values, not formulas; no sheet can be taken for a submission.

    Args:
        summary: What it says.
        working_folder: Where the user's own template of the overview is looked for first.
        ranks: Whether a sheet says how the units rank.
        contacts: Whether a sheet names the liaisons; by default none names a person.

    Raises:
        TemplateError: The working folder's own template of the overview is wrong.
    """
    workbook = new_workbook()
    add_overview_sheet(workbook, summary, working_folder)
    add_consolidated_sheet(workbook, summary)
    rows = [add_units_sheet(workbook, summary)]
    if ranks:
        rows.append(add_ranks_sheet(workbook, summary))
    rows.append(add_status_sheet(workbook, summary))
    rows.append(add_findings_sheet(workbook, by_unit(summary.findings, summary.names), summary.campaign))
    rows.append(add_sources_sheet(workbook, summary))
    if contacts:
        rows += add_contacts_sheets(workbook, summary, contacts)
    return long_workbook_bytes(workbook, rows)
