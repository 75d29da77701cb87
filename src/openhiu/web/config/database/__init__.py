"""The embedded PostgreSQL: a folder comes in; a running server for us alone goes out."""

from openhiu.web.config.database.server import Server, attached, running

__all__ = ["Server", "attached", "running"]
