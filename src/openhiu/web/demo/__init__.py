"""A made-up service and its personas; installed only outside production."""
