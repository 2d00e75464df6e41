### Limits (L)

L101 = { $dated ->
        [some] { "for a loss on " }{ $day }, the limit
       *[none] the limit
    } “{ $limit }” { $keys } is { $amount }, above the limit “{ $outer }” { $outer_keys } that encloses it ({ $other })
    .label = { $amount }
    .outer = the enclosing limit: { $other }
    .help = one of the two amounts is wrong: lower “{ $limit }” or raise “{ $outer }”
L102 = { $how ->
        [together] { $harm } under the cover “{ $cover }” pays up to { $most }, but whatever the day of loss and the decisions, one of the limits { $limit } is lower: it can never be paid in full
       *[one] { $harm } under the cover “{ $cover }” pays up to { $most }, but the limit “{ $limit }” { $keys } is only { $amount }: it can never be paid in full
    }
    .label = up to { $most }
    .limit = this limit is { $amount }
    .each = in some cases below { $most }
    .help = { $how ->
        [together] lower the benefit, or let these limits reach it in one and the same case
       *[one] lower the benefit or raise “{ $limit }”
    }
L103 = { $why ->
        [step] this cap in the schedule “{ $limit }” never binds: what stands before it cannot exceed it
        [total] The limit “{ $limit }” of { $amount } { $keys } never binds: what comes before it totals at most { $most }
        [held] The limit “{ $limit }” { $keys } never binds: whatever the contract sets, what comes before it never totals more
       *[nothing] the limit “{ $limit }” never binds: no benefit of any cover falls within it
    }
    .label = never binds
    .help = { $why ->
        [step] remove this cap, or check its amount
        [total] Check the amount; if it is right, the limit may be deleted
        [held] Check the amount; if it is right, the limit may be deleted
       *[nothing] check what “over covers” and “only” name, or remove the limit
    }
L104 = under the cover “{ $cover }” death pays { $death }, less than the dearest disability, { $disability }
    .label = death: { $death }
    .disability = disability: up to { $disability }
    .help = check the document; if it does say so, write: acknowledge L104 for { $cover } "reason"
L105 = { $dated ->
        [some] { "for a loss on " }{ $day }, the component
       *[none] the component
    } “{ $limit }” is { $amount }, above the combined cap “{ $outer }” that it is part of ({ $other })
    .label = component: { $amount }
    .outer = whole: { $other }
    .help = a part cannot be larger than its whole: check both
L106 = { $harm } under the cover “{ $cover }” pays { $how ->
        [counted] by number
       *[actual] actual amounts
    } without any cap
    .label = no cap
    .help = write “up to …”, or “at most … units” where it is counted; if there is none, write “up to unlimited” or “unlimited units”
L107 = at least { $floor } is paid here, but the same item is capped at { $cap }: both cannot hold
    .label = at least { $floor }
    .cap = up to { $cap }
    .help = check both amounts
L108 = { $harm } under the cover “{ $cover }” pays 0 whatever the loss
    .label = always 0
    .help = check deductible, cap and ratio; if nothing is to be paid, write “nothing”
L109 = the limit “{ $limit }” is not higher after the decision that is to raise it
    .label = does not raise it
    .help = check both amounts
L110 = the limit “{ $limit }” is 0 and cuts every benefit to 0
    .label = a limit of 0
    .help = 0 does not mean “no limit”: write “unlimited”, or remove the limit
L111 = The limit “{ $limit }” is { $amount }, above the tower's total of { $total }; no layer bears the rest
    .label = { $amount }
    .total = the tower's total of { $total }
    .help = One of the two amounts is wrong: lower the limit or raise the tower's total
L112 = No limit and no layer bounds what one event, one year or the term can owe
    .label = unlimited in aggregate
    .help = State the aggregate limit if the document has one; else nothing need be done
L113 = { $what ->
        [full] not decided whether { $harm } under the cover “{ $cover }” (up to { $most }) can be paid in full: days of loss and decisions combine in more than { $tried } ways
        [weighed] not decided how much { $harm } under the cover “{ $cover }” pays at most: quantities that both pay and are taken off pull on one another; it is at most { $most }, and some claims attain { $attained }
        [binds] not decided whether the limit “{ $limit }” of { $amount } { $keys } ever binds: limits before it cut across one another, or a quantity both pays and is taken off; what comes to it is at most { $most }, and some claims attain { $attained }
       *[borne] not decided whether more than the layers ({ $layers }) can be owed: limits cut across one another, or a quantity both pays and is taken off; at most { $most } is owed, and some claims attain { $attained }
    }
    .label = not decided
    .help = { $what ->
        [full] let fewer decisions and dates change these limits
        [weighed] let some of these quantities only pay or only be taken off, and it can be decided
       *[other] let one of the crossing limits hold everything that the other holds, and quantities only pay or only be taken off, and it can be decided
    }
L114 = { $why ->
        [one] level { $number } in the exhaustion of the limit “{ $limit }” tells nothing apart: single claims are settled before it, or the limit counts by it anyway
        [taken] rank { $number } in the exhaustion of the limit “{ $limit }” is never reached: all its claims belong to earlier ranks
       *[nothing] rank { $number } in the exhaustion of the limit “{ $limit }” is never reached: the limit has no such claims
    }
    .label = never reached
    .help = check the ranks and what the limit is over, or remove this one
L115 = the amount of the limit “{ $limit }” ({ $keys }) follows the decision “{ $decision }”, which is taken { $per }: claims that count together may fall under different decisions and cannot then be settled (V048)
    .label = follows a decision taken { $per }
    .decision = taken { $per }
    .help = let both be for the same: take the decision { $keys }, or make the limit one { $per }

L301 = nothing says whether “{ $first }” or “{ $second }” acts first
    .label = both limits see the same line, and the order changes the money
    .other = the other limit
    .help = write “after { $first }” in the limit that acts second; one that crosses several names them: after A, B

L302 = “{ $first }” and “{ $second }” have the same key and the same filter
    .label = only the smaller one acts
    .other = the other limit
    .help = remove one, or say what each one covers

L303 = the order of limits is a circle: { $limits }
    .label = this order is impossible
    .help = check “after” and “within”: the limit with the finer key always acts first

L304 = this step cannot act on a total
    .label = after a step on a total only a share can follow
    .help = write the steps of one claim first; a total takes “up to” and “less”, with an amount that does not depend on the claim

L305 = the amount cannot depend on the claim here
    .label = the amount depends on facts of the claim
    .help = limits, layers, funds, cells and steps on totals need one amount that is the same for every claim

L306 = this line does not say how much
    .label = steps without an amount
    .help = write “fixed …”, “actual …” or “nothing”; for one cap over several harms write “combined”

L307 = the keys of the total are missing
    .label = it is unknown which lines this rule takes together
    .help = write keys such as “per person per event” on the schedule or on this step
