### Term and dates (D)
