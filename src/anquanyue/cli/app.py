"""What can be asked for on the command line. Only parses arguments; the commands' modules do the work."""

from enum import StrEnum
from pathlib import Path
from typing import Annotated, Any

import typer

from anquanyue import __version__
from anquanyue.cli.commands import Command, Group
from anquanyue.cli.console import show
from anquanyue.language import gettext as _


class Format(StrEnum):
    """How `validate` and `status` show what there is."""

    TABLE = "table"
    JSON = "json"
    CSV = "csv"


class Contacts(StrEnum):
    """How `summarize` names the liaisons."""

    MASKED = "masked"
    FULL = "full"


def build_app() -> typer.Typer:
    """The commands, with their help in the console's language."""
    app = typer.Typer(
        cls=Group,
        help=_("Blank forms out, returned forms in, one report."),
        options_metavar=_("[OPTIONS]"),
        subcommand_metavar=_("COMMAND [ARGS]..."),
        no_args_is_help=True,
        add_completion=False,
        pretty_exceptions_enable=False,
        context_settings={"help_option_names": ["--help", "-h"]},
    )
    app.callback()(_callback())
    app.command(
        "init-forms",
        cls=Command,
        options_metavar=_("[OPTIONS]"),
        help=_("Make the blank forms; with a list of units, a folder a unit."),
    )(_init_forms())
    app.command(
        "validate",
        cls=Command,
        options_metavar=_("[OPTIONS]"),
        help=_("Check the returned forms and list what is wrong with them."),
    )(_validate())
    app.command(
        "status",
        cls=Command,
        options_metavar=_("[OPTIONS]"),
        help=_("Show who has sent what, who is late, and what is missing (it exits with 1 while that is overdue)."),
    )(_status())
    app.command(
        "summarize",
        cls=Command,
        options_metavar=_("[OPTIONS]"),
        help=_("Add up the returned forms and write the reports."),
    )(_summarize())
    app.command(
        "trace",
        cls=Command,
        options_metavar=_("[OPTIONS]"),
        help=_("Show where a total, or a unit's figures, come from: values, files, cells, decisions."),
    )(_trace())
    app.command(
        "diff",
        cls=Command,
        options_metavar=_("[OPTIONS]"),
        help=_("Show what changed since a summary that was kept: by total, by unit, and why."),
    )(_diff())
    app.command(
        "remind",
        cls=Command,
        options_metavar=_("[OPTIONS]"),
        help=_(
            "Write a message to each unit with something missing, late or to correct, as a text and as a draft of a "
            "mail, and a text for the chat group. Nothing is sent."
        ),
    )(_remind())
    app.command(
        "decide",
        cls=Command,
        options_metavar=_("[OPTIONS]"),
        help=_(
            "Write down what the coordinator decided: a corrected value, whose a written name is, a file that is out, "
            "a finding that is fine. It goes into decisions.csv and is applied at every run."
        ),
    )(_decide())
    app.command(
        "explain",
        cls=Command,
        options_metavar=_("[OPTIONS]"),
        help=_("Explain what a finding means and what to do about it; without a code, list them all."),
    )(_explain())
    return app


# The options are declared inside functions, because their help is translated when they are.


def _show_version(asked: bool) -> None:
    if asked:
        show(f"anquanyue {__version__}")
        raise typer.Exit


def _callback() -> Any:
    def callback(
        version: Annotated[
            bool,
            typer.Option("--version", help=_("Show the version and exit."), is_eager=True, callback=_show_version),
        ] = False,
    ) -> None:
        del version  # its own callback has dealt with it

    return callback


def _campaign_option() -> Any:
    return typer.Option(
        "--campaign",
        metavar=_("FILE"),
        help=_("The campaign file; else campaign.yaml of this folder, else the 2022 campaign."),
    )


def _units_option() -> Any:
    return typer.Option(
        "--units", metavar=_("FILE"), help=_("The list of units; else units.csv or units.xlsx of this folder.")
    )


def _quiet_option() -> Any:
    return typer.Option("--quiet", "-q", help=_("Say nothing but results and errors."))


def _no_cache_option() -> Any:
    return typer.Option(
        "--no-cache", help=_("Read every file anew; else what is unchanged since the last time is not.")
    )


def _dask_option() -> Any:
    return typer.Option(
        "--dask",
        metavar=_("ADDRESS"),
        help=_("Let this Dask cluster read the files, which lie where it finds them too."),
    )


def _folder_argument() -> Any:
    return typer.Argument(metavar=_("FOLDER"), help=_("The folder with the returned forms."))


def _init_forms() -> Any:
    def init_forms(
        out: Annotated[Path, typer.Option("--out", metavar=_("FOLDER"), help=_("Where the forms go."))] = Path("forms"),
        campaign: Annotated[Path | None, _campaign_option()] = None,
        units: Annotated[Path | None, _units_option()] = None,
        word: Annotated[bool, typer.Option("--word", help=_("Make Word documents beside the workbooks."))] = False,
        force: Annotated[bool, typer.Option("--force", help=_("Overwrite forms that are there already."))] = False,
        quiet: Annotated[bool, _quiet_option()] = False,
    ) -> int:
        from anquanyue.cli.init_forms import init_forms

        return init_forms(out, campaign=campaign, units=units, word=word, force=force, quiet=quiet)

    return init_forms


def _validate() -> Any:
    def validate(
        folder: Annotated[Path, _folder_argument()] = Path("submissions"),
        output_format: Annotated[
            Format,
            typer.Option(
                "--format", metavar="table|json|csv", help=_("A table for people, JSON for programs, or CSV for Excel.")
            ),
        ] = Format.TABLE,
        report: Annotated[
            list[Path] | None,
            typer.Option(
                "--report",
                metavar=_("FILE"),
                help=_("Write the findings as a document (.xlsx, .html) too. May be given several times."),
            ),
        ] = None,
        todo: Annotated[
            Path | None,
            typer.Option(
                "--todo",
                metavar=_("FILE"),
                help=_("Write what only the coordinator can settle into a workbook with room for the answers."),
            ),
        ] = None,
        returned: Annotated[
            Path | None,
            typer.Option(
                "--return",
                metavar=_("FOLDER"),
                help=_("Write the forms to send back, with what is to be corrected in them marked, into this folder."),
            ),
        ] = None,
        by: Annotated[
            str | None,
            typer.Option(
                "--by",
                metavar=_("DATE"),
                help=_("By when the forms of --return are due back; else their deadline, while it is to come."),
            ),
        ] = None,
        force: Annotated[
            bool, typer.Option("--force", help=_("Overwrite forms to send back that are there already."))
        ] = False,
        select: Annotated[
            list[str] | None,
            typer.Option(
                "--select",
                metavar=_("CODES"),
                help=_("Only these findings: codes, or what they begin with (value-), with commas between."),
            ),
        ] = None,
        ignore: Annotated[
            list[str] | None,
            typer.Option("--ignore", metavar=_("CODES"), help=_("Not these findings; the longer begin wins.")),
        ] = None,
        strict: Annotated[bool, typer.Option("--strict", help=_("Take every warning for an error."))] = False,
        campaign: Annotated[Path | None, _campaign_option()] = None,
        units: Annotated[Path | None, _units_option()] = None,
        dask: Annotated[str, _dask_option()] = "",
        no_cache: Annotated[bool, _no_cache_option()] = False,
        quiet: Annotated[bool, _quiet_option()] = False,
    ) -> int:
        from anquanyue.cli.validate import Shown, Written, validate

        shown = Shown(format=output_format.value, select=select or (), ignore=ignore or (), strict=strict)
        written = Written(reports=report or (), todo=todo, returned=returned, by=by, force=force)
        return validate(
            folder, shown, written, campaign=campaign, units=units, quiet=quiet, cached=not no_cache, dask=dask
        )

    return validate


def _status() -> Any:
    def status(
        folder: Annotated[Path, _folder_argument()] = Path("submissions"),
        materials: Annotated[
            Path | None,
            typer.Option(
                "--materials", metavar=_("FOLDER"), help=_("The folder with material and reports; else materials.")
            ),
        ] = None,
        as_of: Annotated[
            str | None,
            typer.Option("--as-of", metavar=_("DATE"), help=_("The day that tells what is overdue; else today.")),
        ] = None,
        output_format: Annotated[
            Format,
            typer.Option(
                "--format", metavar="table|json|csv", help=_("A table for people, JSON for programs, or CSV.")
            ),
        ] = Format.TABLE,
        out: Annotated[
            list[Path] | None,
            typer.Option("--out", metavar=_("FILE"), help=_("A document to write as well (.xlsx, .csv, .json).")),
        ] = None,
        campaign: Annotated[Path | None, _campaign_option()] = None,
        units: Annotated[Path | None, _units_option()] = None,
        no_cache: Annotated[bool, _no_cache_option()] = False,
        quiet: Annotated[bool, _quiet_option()] = False,
    ) -> int:
        from anquanyue.cli.status import status

        return status(
            folder,
            out or [],
            materials=materials,
            as_of=as_of,
            output_format=output_format.value,
            campaign=campaign,
            units=units,
            quiet=quiet,
            cached=not no_cache,
        )

    return status


def _summarize() -> Any:
    def summarize(
        out: Annotated[
            list[Path] | None,
            typer.Option(
                "--out",
                metavar=_("FILE"),
                help=_(
                    "A document to write; its ending (.xlsx, .docx, .html, .md, .csv, .json, .sqlite, .parquet) picks "
                    "the kind. May be given several times."
                ),
            ),
        ] = None,
        folder: Annotated[Path, _folder_argument()] = Path("submissions"),
        submission: Annotated[
            Path | None,
            typer.Option(
                "--as-submission",
                metavar=_("FILE"),
                help=_("Fill in the form of the level above with the totals (.xlsx); --unit says who reports them."),
            ),
        ] = None,
        unit: Annotated[
            str | None, typer.Option("--unit", metavar=_("NAME"), help=_("The unit that reports the totals."))
        ] = None,
        campaign: Annotated[Path | None, _campaign_option()] = None,
        units: Annotated[Path | None, _units_option()] = None,
        ranks: Annotated[
            bool, typer.Option("--ranks", help=_("Add a sheet with the units' ranks to the workbook."))
        ] = False,
        contacts: Annotated[
            Contacts | None,
            typer.Option(
                "--contacts",
                metavar="masked|full",
                help=_("Add a sheet with the liaisons to the workbook; else no document names a person."),
            ),
        ] = None,
        issue: Annotated[
            str | None,
            typer.Option(
                "--issue",
                metavar=_("NAME"),
                help=_("Keep the summary under this name as issued, to compare with later."),
            ),
        ] = None,
        strict: Annotated[bool, typer.Option("--strict", help=_("Exit with 1 if there are errors."))] = False,
        dask: Annotated[str, _dask_option()] = "",
        no_cache: Annotated[bool, _no_cache_option()] = False,
        quiet: Annotated[bool, _quiet_option()] = False,
    ) -> int:
        from anquanyue.cli.summarize import Asked, summarize

        asked = Asked(
            outputs=out or (),
            issue=issue,
            ranks=ranks,
            contacts=None if contacts is None else contacts.value,
            submission=submission,
            unit=unit,
        )
        return summarize(
            folder, asked, campaign=campaign, units=units, strict=strict, quiet=quiet, cached=not no_cache, dask=dask
        )

    return summarize


def _format_option() -> Any:
    return typer.Option("--format", metavar="table|json|csv", help=_("A table for people, JSON for programs, or CSV."))


def _trace() -> Any:
    def trace(
        field: Annotated[
            str | None,
            typer.Argument(metavar=_("FIELD"), help=_("The figure's key or name; without it, all of --unit.")),
        ] = None,
        unit: Annotated[
            str | None, typer.Option("--unit", metavar=_("UNIT"), help=_("Only this unit: its code or name."))
        ] = None,
        folder: Annotated[
            Path, typer.Option("--submissions", metavar=_("FOLDER"), help=_("The folder with the returned forms."))
        ] = Path("submissions"),
        output_format: Annotated[Format, _format_option()] = Format.TABLE,
        campaign: Annotated[Path | None, _campaign_option()] = None,
        units: Annotated[Path | None, _units_option()] = None,
        no_cache: Annotated[bool, _no_cache_option()] = False,
        quiet: Annotated[bool, _quiet_option()] = False,
    ) -> int:
        from anquanyue.cli.trace import trace

        return trace(
            field,
            folder,
            unit=unit,
            output_format=output_format.value,
            campaign=campaign,
            units=units,
            quiet=quiet,
            cached=not no_cache,
        )

    return trace


def _diff() -> Any:
    def diff(
        old: Annotated[
            Path,
            typer.Argument(
                metavar=_("OLD"), help=_("A .json that summarize wrote, or the name that --issue kept one under.")
            ),
        ],
        folder: Annotated[
            Path, typer.Option("--submissions", metavar=_("FOLDER"), help=_("The folder with the returned forms."))
        ] = Path("submissions"),
        output_format: Annotated[Format, _format_option()] = Format.TABLE,
        campaign: Annotated[Path | None, _campaign_option()] = None,
        units: Annotated[Path | None, _units_option()] = None,
        no_cache: Annotated[bool, _no_cache_option()] = False,
        quiet: Annotated[bool, _quiet_option()] = False,
    ) -> int:
        from anquanyue.cli.diff import diff

        return diff(
            old,
            folder,
            output_format=output_format.value,
            campaign=campaign,
            units=units,
            quiet=quiet,
            cached=not no_cache,
        )

    return diff


def _remind() -> Any:
    def remind(
        out: Annotated[
            Path, typer.Option("--out", metavar=_("FOLDER"), help=_("Where the messages go; best a new folder a day."))
        ],
        folder: Annotated[Path, _folder_argument()] = Path("submissions"),
        materials: Annotated[
            Path | None,
            typer.Option(
                "--materials", metavar=_("FOLDER"), help=_("The folder with material and reports; else materials.")
            ),
        ] = None,
        as_of: Annotated[
            str | None,
            typer.Option("--as-of", metavar=_("DATE"), help=_("The day of the messages; else today.")),
        ] = None,
        ahead: Annotated[
            str,
            typer.Option("--ahead", metavar=_("DAYS"), help=_("Remind of what is due within so many days; else 7.")),
        ] = "7",
        second_after: Annotated[
            str,
            typer.Option(
                "--second-after",
                metavar=_("DAYS"),
                help=_("What is overdue by more days than these gets a second notice; else 7."),
            ),
        ] = "7",
        campaign: Annotated[Path | None, _campaign_option()] = None,
        units: Annotated[Path | None, _units_option()] = None,
        force: Annotated[bool, typer.Option("--force", help=_("Overwrite messages that are there already."))] = False,
        quiet: Annotated[bool, _quiet_option()] = False,
    ) -> int:
        from anquanyue.cli.remind import remind

        return remind(
            folder,
            out,
            as_of=as_of,
            ahead=ahead,
            second_after=second_after,
            materials=materials,
            campaign=campaign,
            units=units,
            force=force,
            quiet=quiet,
        )

    return remind


def _decide() -> Any:
    def option(name: str, metavar: str, text: str) -> Any:
        return typer.Option(name, metavar=metavar, help=text)

    def decide(
        todo: Annotated[
            Path | None,
            typer.Argument(metavar=_("FILE"), help=_("The workbook that validate --todo wrote, with the answers.")),
        ] = None,
        new: Annotated[str | None, option("--new", _("VALUE"), _("What counts; with --unit and --field."))] = None,
        name: Annotated[str | None, option("--name", _("NAME"), _("A written name; --unit says whose it is."))] = None,
        drop: Annotated[str | None, option("--drop", _("FILE"), _("A file, or one sheet of it, that is out."))] = None,
        accept: Annotated[str | None, option("--accept", _("CODE"), _("The code of a finding that is fine."))] = None,
        exempt: Annotated[
            str | None, option("--exempt", _("FORM"), _("A form, or a duty without one, that --unit need not send."))
        ] = None,
        reason: Annotated[str | None, option("--reason", _("TEXT"), _("Why; always needed."))] = None,
        by: Annotated[str | None, option("--by", _("NAME"), _("Who decided; always needed."))] = None,
        when: Annotated[str | None, option("--when", _("DATE"), _("When it was decided; else today."))] = None,
        unit: Annotated[str | None, option("--unit", _("UNIT"), _("The unit's code or name."))] = None,
        field: Annotated[str | None, option("--field", _("FIELD"), _("The field's key or name."))] = None,
        old: Annotated[
            str | None, option("--old", _("VALUE"), _("What arrived; else it is looked up in the submissions."))
        ] = None,
        form: Annotated[str | None, option("--form", _("FORM"), _("Only in this form."))] = None,
        round: Annotated[str | None, option("--round", _("ROUND"), _("Only in this round."))] = None,
        file: Annotated[str | None, option("--file", _("FILE"), _("Only in this file."))] = None,
        submissions: Annotated[
            Path, typer.Option("--submissions", metavar=_("FOLDER"), help=_("The folder with the returned forms."))
        ] = Path("submissions"),
        campaign: Annotated[Path | None, _campaign_option()] = None,
        units: Annotated[Path | None, _units_option()] = None,
        quiet: Annotated[bool, _quiet_option()] = False,
    ) -> int:
        from anquanyue.cli.decide import decide

        options = {
            "new": new, "name": name, "drop": drop, "accept": accept, "exempt": exempt,
            "unit": unit, "field": field, "old": old, "form": form, "round": round, "file": file,
            "reason": reason, "by": by, "when": when,
        }  # fmt: skip
        return decide(options, submissions, todo=todo, campaign=campaign, units=units, quiet=quiet)

    return decide


def _explain() -> Any:
    def explain(
        code: Annotated[
            str | None,
            typer.Argument(metavar=_("CODE"), help=_("The code of the finding, or how it begins.")),
        ] = None,
    ) -> int:
        from anquanyue.cli.explain import explain

        return explain(code)

    return explain
