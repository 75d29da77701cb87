"""Keys from the dice: what a random key decides (an order, a choice among rows) is the same each
time the same seed is lived through.
"""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from random import Random
from types import SimpleNamespace
from unittest.mock import patch


@contextmanager
def drawn(seed: int) -> Iterator[None]:
    """Every `uuid4` of the block comes from a seed, also where a model took it as its default."""
    source = SimpleNamespace(urandom=Random(f"keys of {seed}").randbytes)
    with patch.object(uuid, "os", source):
        yield
