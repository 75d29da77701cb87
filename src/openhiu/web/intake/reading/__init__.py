"""What `hiu identify` wrote comes in as uploaded files; a checked list, or every fault, goes out.

The files are parsed by a child process that can be killed and knows nothing of the database.
"""
