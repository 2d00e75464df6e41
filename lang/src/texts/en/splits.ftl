### Splits and shares (P)
