"""The only writers of the directory."""

from openhiu.web.directory.actions.files import (
    import_directory,
    propose,
    put_away,
    take_over,
)
from openhiu.web.directory.actions.listings import (
    add_listing,
    change_listing,
    end_listing,
    open_again,
    say_room,
    verify,
)

__all__ = [
    "add_listing",
    "change_listing",
    "end_listing",
    "import_directory",
    "open_again",
    "propose",
    "put_away",
    "say_room",
    "take_over",
    "verify",
]
