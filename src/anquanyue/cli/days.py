"""Days as options name them."""

import datetime

from anquanyue.errors import UserError
from anquanyue.language import gettext as _


def day_of(text: str) -> datetime.date:
    """The day that an option names.

    Raises:
        UserError: It is none.
    """
    try:
        return datetime.date.fromisoformat(text)
    except ValueError as error:
        raise UserError(_("“{day}” is no day; write it as 2022-06-28").format(day=text)) from error
