"""How the web application is put together: settings, addresses, database and server."""
