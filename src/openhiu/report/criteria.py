"""Which criteria a place has commissioned: a locality comes in; the criteria of its list, and
whether anybody chose them, go out.
"""

from __future__ import annotations

from openhiu.identify.criteria import Criteria
from openhiu.identify.criteria_file import load_preset, read_criteria
from openhiu.locality import Locality


def commissioned(locality: Locality) -> tuple[Criteria, bool]:
    """Those of its criteria file or preset; without either the default, chosen by nobody.

    Raises ConfigurationFault or WrongUsage where they cannot be read.
    """
    service = locality.service
    if service.criteria_file is not None:
        return read_criteria(service.criteria_file), True
    if service.preset:
        return load_preset(service.preset), True
    return load_preset(), False
