### Covers (C)

C101 = the covers “{ $first }” and “{ $second }” can both apply to one claim and pay differently for { $harm }, and nothing says which one counts
    .label = pays { $one }
    .second = pays { $two }
    .help = write “priority { $first } over { $second }”, “higher { $first }, { $second }” or “stack { $first }, { $second }”
C102 = the cover “{ $list }” names { $perils }, but its own conditions never let it pay for that, and no other cover does
    .label = never paid: { $perils }
    .help = check the condition, or take it off the perils
C103 = the persons insured include { $classes }, but no cover pays for them
    .label = no cover pays: { $classes }
    .help = check the roles of the covers, or take them off the persons insured
C104 = the cover “{ $cover }” pays only for { $harms }, which { $perils } cannot cause
    .label = cannot cause { $harms }: { $perils }
    .help = check the list of perils; if the document does say so, write: acknowledge C104 for { $cover } "reason"
C105 = the cover “{ $cover }” never pays: its perils, roles and condition cannot hold together
    .label = never holds
    .help = check the values of the condition and its “and”, “or”, “not”
C106 = the condition of the cover “{ $cover }” always holds and has no effect
    .label = always holds
    .help = check the values of the condition, or remove it
C107 = the cover “{ $cover }” has no responsible body{ $perils ->
        [none] {""}
       *[other] {" "}for { $perils }
    }
    .label = no responsible body
    .help = write “handled by …”; if the document names none, write “handled by unstated”
C108 = the document names no responsible body for the cover “{ $cover }”
    .label = unstated
    .help = ask the issuing body to name one; to accept it for now, write: acknowledge C108 for { $cover } "reason"
C109 = “{ $body }” handles { $perils }, which the cover “{ $cover }” does not include
    .label = not in this cover
    .help = check the perils after “for”
C110 = the cover “{ $cover }” is handled by { $bodies } together; the document does not say how they divide the work
    .label = { $bodies }
    .help = perils can be named: handled by A for …; B for …
C111 = the responsibility “{ $what }” is stated more than once with different bodies: { $bodies }
    .label = { $bodies }
    .first = the other place
    .help = check who is responsible
C112 = { $outer ->
        [none] { $peril } stands more than once in “{ $list }”
       *[other] { $peril } in “{ $list }” is already part of { $outer }
    }
    .label = { $outer ->
        [none] again
       *[other] part of { $outer }
    }
    .help = remove it, or write what was meant
C113 = when { $origin } leads to { $follows }, which peril is recorded? { $harm } pays { $one } for { $origin } and { $two } for { $follows }{ $more ->
        [0] {""}
       *[other] ; the same is open for { $others }
    }
    .label = { $origin }: { $one }
    .second = { $follows }: { $two }
    .help = write “secondary perils by origin”, “secondary perils by direct cause” or “secondary perils as recorded”. If the document is silent, add: assume "reason"
    .why = one person in one happening is paid differently, depending on the peril recorded
    .answer1 = the peril that began it
    .clause1 = secondary perils by origin
    .answer2 = the peril that did the harm
    .clause2 = secondary perils by direct cause
    .answer3 = whoever records it decides
    .clause3 = secondary perils as recorded
C120 = covers and conditions combine in too many ways: not decided are { $codes }
    .label = more than { $budget } combinations to test
    .help = merge covers that are alike, or use fewer independent conditions; that none of these codes is reported does not mean that nothing is wrong

C301 = the cover “{ $cover }” names no peril
    .label = it is unknown what it covers
    .help = write “perils …”, or “perils any”

C302 = the cover “{ $cover }” does not say what it pays
    .label = “pays” is missing
    .help = write “pays NAME”, or “pays { "{" } … { "}" }”

C303 = the cover “{ $cover }” pays “{ $harm }” twice
    .label = this line repeats another one
    .other = the other line
    .help = a cover has one line for a harm; a cap that is shared is written “combined”

C304 = “{ $first }” and “{ $second }” are each over the other
    .label = the priority is a circle
    .other = the other rule
    .help = remove one of the “priority” clauses

C305 = “{ $first }” and “{ $second }” both stack and take the higher
    .label = the two rules contradict each other
    .other = the other rule
    .help = keep one of them

C306 = the conditions of the scheme are too many to decide
    .label = the decision diagrams need more than { $budget } nodes
    .help = merge covers that are alike, or use fewer independent conditions
