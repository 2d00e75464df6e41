### Errors of tools and files (X)
