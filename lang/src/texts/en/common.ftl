### Common words

severity-error = error
severity-warning = warning
severity-question = question
severity-note = note

note-help = help: { $text }
note-articles = articles concerned: { $text }
note-witness = reproduce: { $text }
witness-several = save these claims as claims.jsonl, then run { $command }

stdout = standard output
stdin = standard input

io-not-found = there is no such file or folder
io-permission = permission denied
io-directory = this is a folder
io-exists = it exists already
io-full = the disk is full
