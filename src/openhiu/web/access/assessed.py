"""Whether an impact assessment stands behind an agreement: asked here, answered by a room above.

A service and a reference come in, a yes or a no goes out. Where nobody answers it is a no.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Final
from uuid import UUID

# Whether the assessment of a service with this reference is signed and in date.
_KEEPERS: Final[list[Callable[[UUID, str], bool]]] = []


def told_by(keeper: Callable[[UUID, str], bool]) -> None:
    """Say who knows the assessments; hung up once when Django is ready."""
    if keeper not in _KEEPERS:
        _KEEPERS.append(keeper)


def why_not_rest_on(service_id: UUID, reference: str) -> str:
    """What is missing behind this reference, in words after "It does not say yet", or nothing."""
    if any(keeper(service_id, reference) for keeper in _KEEPERS):
        return ""
    return (
        f"a data protection impact assessment that holds: {reference} has to be registered here, "
        "signed and in date"
    )
