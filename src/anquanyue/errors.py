"""What stops a command: something that the person at the keyboard can put right."""


class UserError(Exception):
    """The command cannot do its work; the message says why and what to do (exit code 2)."""


class CampaignError(UserError):
    """The campaign file is wrong; the message names file and line."""


class RosterError(UserError):
    """The list of units is wrong; the message names file and line."""


class TemplateError(UserError):
    """A Jinja template is missing or wrong; the message names file and line."""


class OutputError(UserError):
    """An output cannot be written."""
