"""The rules of the registers, as data and sums: kinds, duties and their clocks. No database."""
