"""The report as a workbook."""

from pathlib import Path

from anquanyue.findings.grouping import by_unit
from anquanyue.reporting.consolidated_sheet import add_consolidated_sheet
from anquanyue.reporting.findings_sheet import add_findings_sheet
from anquanyue.reporting.layout import new_workbook
from anquanyue.reporting.overview_sheet import add_overview_sheet
from anquanyue.reporting.status_sheet import add_status_sheet
from anquanyue.reporting.units_sheet import add_units_sheet
from anquanyue.summary import Summary
from anquanyue.writing.package import workbook_bytes


def report_workbook(summary: Summary, working_folder: Path) -> bytes:
    """The report: values, not formulas; no sheet can be taken for a submission, none names a person.

    Raises:
        TemplateError: The working folder's own template of the overview is wrong.
    """
    workbook = new_workbook()
    add_overview_sheet(workbook, summary, working_folder)
    add_consolidated_sheet(workbook, summary)
    add_units_sheet(workbook, summary)
    add_status_sheet(workbook, summary)
    add_findings_sheet(workbook, by_unit(summary.findings, summary.names), summary.campaign)
    return workbook_bytes(workbook)
