### Names (N)
