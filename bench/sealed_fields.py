"""What sealed fields cost: 250 people with four sealed values each, read as a page reads them.

    python bench/sealed_fields.py

Without a database: the same steps between the driver and the instance.
"""

from __future__ import annotations

import os
import tempfile
import time
from pathlib import Path
from uuid import uuid4

PEOPLE, VALUES, ROUNDS = 250, 4, 20
TEXT = "She rings when the evenings get long; Tuesday is her sister's day. " * 4


def main() -> None:
    """Print microseconds a value, and milliseconds a page."""
    home = Path(tempfile.mkdtemp())
    from django.conf import settings

    settings.configure(FIELD_KEYS_FILE=home / "field-keys")
    from openhiu.web.access.sealed import SealedText, envelope, keyfile
    from openhiu.web.access.sealed.envelope import Place

    keyfile.make(home / "field-keys")
    field = SealedText()

    class Meta:
        label_lower = "people.person"

    field.model, field.attname = type("Person", (), {"_meta": Meta}), "address"
    service = uuid4()
    places = [Place("people.person.address", uuid4(), service) for _ in range(PEOPLE * VALUES)]
    sealed, sealing = [], []
    for _ in range(ROUNDS):
        start = time.process_time()
        sealed = [envelope.as_text(envelope.seal(TEXT.encode(), place)) for place in places]
        sealing.append(time.process_time() - start)
    opening = []
    for _ in range(ROUNDS):
        start = time.process_time()
        for text in sealed:
            field.from_db_value(text, None, None)
        opening.append(time.process_time() - start)
    one = 1e6 / len(places)
    print(f"{os.cpu_count()} processors; {len(TEXT)} letters, {len(sealed[0])} sealed")
    print(f"sealing {min(sealing) * one:.0f} µs a value; opening {min(opening) * one:.0f} µs")
    print(f"a page of {PEOPLE} people, {VALUES} values each: {min(opening) * 1000:.1f} ms")


if __name__ == "__main__":
    main()
