"""The municipality's socialtjänst: REST by Digg's profile (`openapi.yaml` beside this), with private_key_jwt."""

from adapters.socialtjanst.adapter import Adapter
from adapters.socialtjanst.settings import CAPABILITIES, Settings

__all__ = ["CAPABILITIES", "Adapter", "Settings"]
