### Limits (L)
