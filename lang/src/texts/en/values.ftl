### Records and values that commands refuse (V)

## Premium and layers (V2)
V201 = parameter “{ $parameter }” has no value
    .help = give the contract that sets it with --contract
V202 = the amount follows the total premium, and no bases were given
    .help = give persons and households of each region with --bases
V203 = the balance of fund “{ $fund }” is not given
    .help = write “set { $fund } = AMOUNT” in the contract
V204 = decision “{ $decision }” has not been taken, so the amount is not known
    .help = if it has been, give it with --decide { $decision }=AMOUNT, in yuan
V205 = decision “{ $decision }” must carry an amount
    .help = write --decide { $decision }=AMOUNT, in yuan
V206 = this amount varies with the claim; a report cannot give it a value
V207 = a number leaves the range of exact arithmetic
    .help = check the figures: no single amount may exceed ten trillion yuan
V210 = the scheme has no premium rule
    .help = write “premium …” first
V211 = the premium is counted from bases, and the document states none
    .help = give persons and households of each region with --bases (region,persons,households)
V212 = region “{ $region }” stands in the bases more than once
    .help = one row for each region
V213 = the scheme has neither a rate nor a total premium to use
    .help = where a contract sets the premium, give it with --contract
V214 = region “{ $region }” lacks { $base }
    .help = the rate is charged on { $base }; fill in that column
V215 = region “{ $region }” is not in the table of premium shares
    .help = the table lists { $known }
V216 = region “{ $region }”: after rounding, the parts exceed the premium and “{ $payer }”, who bears the remainder, would be negative
    .help = the premium is below one rounding unit; check the bases or the rounding
V220 = the scheme has no layers
V221 = a loss must lie between 0 and ten trillion yuan
V222 = the loss exceeds all layers by { $unpaid }, and the scheme does not say what then
    .help = write “shortfall pro rata when decided …” in the tower
V223 = the loss exceeds all layers by { $unpaid }; decision “{ $decision }” must be taken before it is paid pro rata
    .help = if it has been, add --decide { $decision }
base-persons = persons
base-households = households
