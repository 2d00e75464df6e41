### Limits (L)

L101 = the limit “{ $limit }” { $keys } is { $amount }, above the limit “{ $outer }” { $outer_keys } that encloses it ({ $other })
    .label = { $amount }
    .outer = the enclosing limit: { $other }
    .help = one of the two amounts is wrong: lower “{ $limit }” or raise “{ $outer }”
L102 = { $harm } under the cover “{ $cover }” pays up to { $most }, but the limit “{ $limit }” { $keys } is only { $amount }: it can never be paid in full
    .label = up to { $most }
    .limit = this limit is { $amount }
    .help = lower the benefit or raise “{ $limit }”
L103 = { $why ->
        [step] this cap in the schedule “{ $limit }” never binds: what stands before it cannot exceed it
       *[nothing] the limit “{ $limit }” never binds: no benefit of any cover falls within it
    }
    .label = never binds
    .help = { $why ->
        [step] remove this cap, or check its amount
       *[nothing] check what “over covers” and “only” name, or remove the limit
    }
L104 = under the cover “{ $cover }” death pays { $death }, less than the dearest disability, { $disability }
    .label = death: { $death }
    .disability = disability: up to { $disability }
    .help = check the document; if it does say so, write: acknowledge L104 for { $cover } "reason"
L105 = the component “{ $limit }” is { $amount }, above the combined cap “{ $outer }” that it is part of ({ $other })
    .label = component: { $amount }
    .outer = whole: { $other }
    .help = a part cannot be larger than its whole: check both
L106 = { $harm } under the cover “{ $cover }” pays actual amounts without any cap
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
