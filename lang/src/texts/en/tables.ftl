### Tables (T)
