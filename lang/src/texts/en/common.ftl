### Common words

severity-error = error
severity-warning = warning
severity-question = question
severity-note = note

header-separator = {": "}
note-help = help: { $text }
note-fix = fix: { $text }
fix-replace = in line { $line }, write “{ $new }” for “{ $old }”
fix-insert = in line { $line }, column { $column }, add “{ $new }”
fix-delete = in line { $line }, delete “{ $old }”
label-contract-sets = as the contract “{ $contract }” sets it
label-contract-bound = under the contract “{ $contract }”
note-articles = articles concerned: { $text }
note-witness = reproduce: { $text }
witness-several = save the claims below as { $file }, then run { $command }
witness-times = write { $times } claims, each of another person and household, then run { $command }
witness-set = with a contract that says: { $clauses }
witness-contract = save the contract below as { $file }:
    { $text }
witness-bases = save the bases below as { $file }:
    { $rows }

stdout = standard output
stdin = standard input

io-not-found = there is no such file or folder
io-permission = permission denied
io-directory = this is a folder
io-exists = it exists already
io-full = the disk is full

amount-unlimited = unlimited
amount-formula = an amount by formula
key-person = per person
key-household = per household
key-event = per event
key-year = per year
key-term = over the whole term
key-claim = per claim

explain-wrong = Wrong
explain-right = Right
