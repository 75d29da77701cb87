"""What the data is: tables, codes, identifiers, and the doors between rooms."""
