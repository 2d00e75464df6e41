### Questions (Q)
