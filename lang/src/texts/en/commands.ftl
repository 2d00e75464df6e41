### Help and output of the command line
