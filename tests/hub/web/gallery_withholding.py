"""What an agency keeps from the individual, with made-up words: decisions, faults, and a secrecy without grounds."""

from dataclasses import replace
from datetime import date

from hub.kit.errors import FieldError
from hub.web import Option
from hub.web.forms import Form
from hub.workspace.withholding import KeptRow, Withholding
from tests.hub.web import gallery

_TOLD = "OSL 26:5, den som har berättat kan råka illa ut"


def page() -> Withholding:
    why = "Den som berättade bor i samma hus och är rädd."
    return Withholding(
        head=gallery.head("Samtycke"),
        name="Gunnar",
        kept=(
            KeptRow("Familj", _TOLD, why, gallery.NOW, date(2027, 2, 28), "/x"),
            KeptRow("Ekonomi", "OSL 26:1, det gäller någon annan", "", gallery.NOW, date(2026, 11, 20), ""),
        ),
        categories=(Option("family", "Familj"), Option("economy", "Ekonomi")),
        grounds=(Option("OSL 26:5", _TOLD),),
        action="/x",
        back="/x",
    )


def pictures() -> list[gallery.Picture]:
    """Return the pages."""
    case, template = gallery.staff("Ärenden"), "workspace/withholding.html"
    faulty = Form({"reason": ("",)}, (FieldError("ground", "Välj på vilken grund."),))
    return [
        gallery.Picture("visas-inte", template, case, page()),
        gallery.Picture("visas-inte-fel", template, case, page(), faulty),
        gallery.Picture("visas-inte-inget", template, case, replace(page(), kept=(), grounds=())),
    ]
