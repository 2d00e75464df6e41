### Covers (C)
