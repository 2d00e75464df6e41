### Articles of the document (R)
