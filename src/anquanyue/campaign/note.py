"""The line under a form's table."""

from anquanyue.campaign.model import Campaign, Form
from anquanyue.templating import render_text


def form_note(campaign: Campaign, form: Form) -> str:
    """The form's note with its deadline and addresses filled in; "" where it has none.

    Raises:
        TemplateError: The note is wrong.
    """
    if not form.note:
        return ""
    deadline = campaign.duty_of(form).rounds[-1].deadline
    return render_text(form.note, campaign=campaign, form=form, deadline=deadline)
