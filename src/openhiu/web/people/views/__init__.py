"""The pages of this room: requests come in, pages and redirects go out."""
