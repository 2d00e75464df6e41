### Units (U)
