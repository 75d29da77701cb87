"""How fast and how small: `python -m bench` measures the product against its rivals in one run."""
