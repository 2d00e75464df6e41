### Framework (F)
