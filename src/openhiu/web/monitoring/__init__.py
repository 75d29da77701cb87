"""What each client's use of services looks like, and how fresh that picture is."""
