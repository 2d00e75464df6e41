### Splits and shares (P)

P101 = the co-insurers' shares add up to { $sum }, not to 100%
    .label = { $sum } in all
    .help = check each share; if some are left to the contract, write “shares by contract”
P102 = the shares of { $what } add up to { $sum }, not to 100%
    .label = { $sum } in all
    .help = check the shares of this row
P103 = the parts of the premium that are borne add up to { $sum }, not to 100%
    .label = { $sum } in all
    .help = check each part
P104 = the split “{ $split }” leaves out { $missing }
    .label = { $missing } missing
    .territory = the territory
    .help = put it into a row; if it is not part of the scheme, write “except …” in the territory
P105 = { $region } stands more than once in the split “{ $split }”
    .label = again
    .first = first
    .help = a region belongs to one row
P107 = the split “{ $split }” rounds but does not say who bears the remainder: who takes the difference?
    .label = who bears the remainder?
    .help = write “remainder to …”; if the document is silent, add: assume "reason"
    .why = somebody pays the difference that rounding leaves
    .answer1 = name who bears it
    .clause1 = remainder to <payer>
P108 = coinsurance states { $stated } insurers but names { $listed }
    .label = { $listed } named
    .help = check the number against the names
P109 = the lead “{ $lead }” has { $share }, below the floor of { $floor }
    .label = { $share }
    .floor = at least { $floor }
    .help = check the lead's share
P110 = coinsurance names { $count } leads
    .label = lead
    .help = there is one lead; write “follow” for the others
P111 = the premium is both “paid by” and divided by the split “{ $split }”: two rules for one sum
    .label = paid by
    .split = split
    .help = keep one of them
P112 = “{ $name }” is named twice among the { $what ->
        [premium] payers of the premium
        [split] payers of the split
        [case] payers of this case
        [insurers] co-insurers
       *[layers] layers of the tower
    }{ $same ->
        [yes] {""}
       *[no] : it is “{ $first }”
    }
    .label = again
    .first = named here first
    .help = if both are one, write one item with the sum; if another one is meant, correct the name
P113 = coinsurance does not say what share each insurer bears
    .label = how much each?
    .help = write a share after each insurer, or “shares by contract”. If the document is silent, add: assume "reason"
    .why = every payment is divided among the insurers, and without shares it cannot be
    .answer1 = the contract says
    .clause1 = shares by contract

what-split-row = { $name }
what-split-case = the case “{ $name }”
