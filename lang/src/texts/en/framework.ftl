### Frameworks (F)

F101 = the most payable { $keys }{ $harm }{ $cell } is { $payable }, { $side ->
        [above] above
       *[below] below
    } the { $floor } that the framework “{ $framework }” requires
    .label = { $payable }
    .requirement = the framework requires { $side ->
        [above] at most
       *[below] at least
    } { $floor }
    .help = { $side ->
        [above] lower the benefit or its limit
       *[below] raise the benefit or its limit
    }
F102 = the basic scope of the framework “{ $framework }” has { $perils }, for which no cover of this scheme pays
    .label = { $perils } missing
    .requirement = the basic scope
    .help = add it to a cover; if schemes may choose, the framework must say “menu basic scope”
F103 = the limit “{ $limit }” is { $amount }, { $side ->
        [above] above
       *[below] below
    } the { $floor } that the framework “{ $framework }” requires
    .label = { $amount }
    .requirement = the framework requires { $side ->
        [above] at most
       *[below] at least
    } { $floor }
    .help = { $side ->
        [above] lower this limit
       *[below] raise this limit
    }
F104 = the framework “{ $framework }” requires { $what ->
        [premium] the premium to be paid by { $wanted }
       *[policyholder] the policyholder to be { $wanted }
    }, and this scheme does not say
    .label = not stated
    .requirement = the requirement
    .help = { $what ->
        [premium] write “paid by …” in the premium
       *[policyholder] write “policyholder …”
    }
F105 = the framework “{ $framework }” requires { $classes } to be insured, whom this scheme leaves out
    .label = without { $classes }
    .requirement = the requirement
    .help = add them to the persons insured
F106 = the framework “{ $framework }” requires the duty “{ $duty }”, { $why ->
        [rarer] which this scheme does not impose that often
        [looser] which this scheme does not make binding
        [body] which this scheme imposes on { $found }: is that the { $wanted } of the framework?
        [other] and this scheme has none of that name: is “{ $found }”, on the same body with the same period, that duty?
       *[missing] which this scheme does not impose
    }
    .label = { $why ->
        [missing] the duty is missing
       *[other] not as required
    }
    .requirement = the requirement
    .help = write: duty "{ $duty }" by …, with the body, the period and the force that the framework requires; if it is the same duty, write: acknowledge F106 for "{ $duty }" "reason"
F107 = { $perils } under the cover “{ $cover }” is outside what the framework “{ $framework }” lets schemes choose
    .label = outside the menu: { $perils }
    .requirement = what may be chosen
    .help = check the perils
F108 = a requirement of the framework “{ $framework }” waits for the contract: { $requirement }; it depends on { $parameters }{ $asked ->
        [some] { "" }, and needs { $needs }
       *[none] { "" }
    }
    .label = left to the contract
    .requirement = the requirement
    .help = check the contract that sets these parameters
F109 = it cannot be told whether { $bodies } is one of { $wanted }, as the framework “{ $framework }” requires
    .label = is it one of { $wanted }?
    .requirement = the requirement
    .help = if it is, write: body { $body } alias { $one }; if not, correct it
    .why = the framework wants a certain kind of body to insure or to pay
    .answer1 = it is one
    .clause1 = body { $body } alias { $one }
F110 = the limit “{ $limit }” is shared by the framework's basic scope and other covers, which can use it up: is there to be a limit of their own?
    .label = shared with { $covers }
    .requirement = what the framework requires for the basic scope
    .help = if so, write each with “over covers …”; if it is shared, add to this limit: assume F110 "reason"
    .why = what extended covers pay erodes the floor that the framework sets
    .answer1 = they have limits of their own
    .clause1 = over covers <cover>
F111 = not decided whether the scheme meets a requirement of the framework “{ $framework }”: { $requirement }; { $why ->
        [figures] it depends on the premium, on a balance or on the value of a decision
       *[crossing] limits cut across one another, or a quantity both pays and is taken off; at most { $most } can be paid, and some claims attain { $attained }
    }
    .label = not decided
    .requirement = the requirement
    .help = { $why ->
        [figures] with these figures, check it with anlan exposure
       *[crossing] let one of the crossing limits hold everything that the other holds, and quantities only pay or only be taken off, and it can be decided
    }
F112 = the territory { $area } lies outside { $within }, to which the framework “{ $framework }” applies
    .label = outside { $within }
    .applies = the framework applies to { $within }
    .help = check the territory, and which framework the scheme conforms to
F120 = Two requirements of the framework cannot both be met: { $first }, and { $second }
    .label = { $first }
    .other = { $second }
    .help = Check the two amounts

requirement-of-harm = { " " }for { $harm }
requirement-in-cell = { " " }({ $cell })
requirement-payable = payable { $keys }{ $harm } { $compare } { $value }
requirement-limit = limit { $keys } { $compare } { $value }
compare-at-least = at least
compare-at-most = at most
compare-over = over
compare-under = under
compare-equal = exactly
requirement-need = “{ $parameter }” { $compare } { $value }
