### Money (K)
