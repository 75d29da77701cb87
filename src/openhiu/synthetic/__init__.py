"""A made-up trust that behaves like the published ones: a size and a seed in, a folder out."""

from __future__ import annotations

from openhiu.synthetic.trust import Trust, make_trust

__all__ = ["Trust", "make_trust"]
