"""Makes the tables of an empty database as a first start does: a program for tests, the owner's."""

from __future__ import annotations

import os

import django


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "openhiu.web.config.settings")
    django.setup()
    from openhiu.web.config.prepare import secure_all
    from openhiu.web.config.tables import make_tables

    make_tables()
    secure_all()


if __name__ == "__main__":
    main()
