### Records and values that commands refuse (V)
