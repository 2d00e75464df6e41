### Premium (M)
