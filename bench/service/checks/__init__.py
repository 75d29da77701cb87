"""What must hold after every simulated week, one file a family of promises.

Each check compares the product's rows with what the ledger says really happened.
"""
