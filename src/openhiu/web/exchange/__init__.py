"""Ways out to other systems, each behind one small interface, all optional."""
