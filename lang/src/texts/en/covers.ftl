### Covers (C)

C101 = { $how ->
        [added] once the decision “{ $decision }” adds a peril, the covers
       *[listed] the covers
    } “{ $first }” and “{ $second }” can both apply to one claim and pay differently for { $harm }, and nothing says which one counts{ $more ->
        [0] {""}
       *[other] ; likewise with { $further }
    }
    .label = { $of ->
        [every] pays { $one }
       *[witness] pays { $one } for the claim shown
    }
    .second = { $of ->
        [every] pays { $two }
       *[witness] pays { $two } for the claim shown
    }
    .further = can apply beside “{ $first }” too
    .help = write “priority { $first } over { $all }”, “higher { $first }, { $second }” or “stack { $first }, { $second }”
C102 = the cover “{ $list }” names { $perils }, but its own conditions never let it pay for that, and no other cover does
    .label = never paid: { $perils }
    .help = check the condition, or take it off the perils
C103 = { $paid ->
        [parts] the persons insured include { $classes }: covers pay for each kind of them, but not for a claim that says { $classes } only
       *[none] the persons insured include { $classes }, but no cover pays for them
    }
    .label = no cover pays: { $classes }
    .help = { $paid ->
        [parts] write { $classes } in the roles of the covers, or list the kinds among the persons insured
       *[none] check the roles of the covers, or take them off the persons insured
    }
C104 = the cover “{ $cover }” pays only for { $harms }, which { $perils } cannot cause
    .label = cannot cause { $harms }: { $perils }
    .help = check the list of perils; if the document does say so, write: acknowledge C104 for { $cover } "reason"
C105 = the cover “{ $cover }” never pays: its perils, roles and condition cannot hold together
    .label = never holds
    .help = check the values of the condition and its “and”, “or”, “not”
C106 = the condition of the cover “{ $cover }” always holds where its perils and roles do, and has no effect
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
        [synonym] { $first } and { $peril } in “{ $list }” are one peril of the standard library
       *[other] { $peril } in “{ $list }” is already part of { $outer }
    }
    .label = { $outer ->
        [none] again
        [synonym] the same peril
       *[other] part of { $outer }
    }
    .first = first here
    .help = remove it, or write what was meant
C113 = when { $origin } leads to { $follows }, which peril is recorded? { $of ->
        [every] {""}
       *[witness] In the claim shown,{" "}
    }{ $harm } pays { $one } for { $origin } and { $two } for { $follows }{ $more ->
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
C121 = the cover “{ $cover }” never counts: { $others }, which come before it, apply to every claim that it applies to
    .label = never counts
    .before = comes before “{ $cover }”
    .help = check which cover has priority; if the document really says so, remove this cover or write: acknowledge C121 for { $cover } "reason"
C122 = the cover “{ $cover }” never pays for { $harm }: the condition of the cover excludes it
    .label = never paid
    .help = check the condition, or remove this row
C120 = { $why ->
        [pair] the covers “{ $first }” and “{ $second }” can both apply to one claim, and it is not decided whether they pay differently for { $harm }{ $more ->
            [0] {""}
           *[other] ; likewise with { $further }
        }
        [perils] when { $origin } leads to { $follows }, it is not decided whether { $harm } pays differently by the peril recorded{ $more ->
            [0] {""}
           *[other] ; nor for { $others }
        }
       *[budget] covers and conditions combine in too many ways: not decided are { $codes }
    }
    .label = { $why ->
        [pair] both pay the same for all claims that were tried
        [perils] both perils pay the same for all claims that were tried
       *[budget] more than { $budget } combinations to test
    }
    .second = compared with this cover
    .further = compared with this cover too
    .help = { $why ->
        [pair] if they are meant to pay the same, write the same steps in both; if not, say which one counts
        [perils] if they are meant to pay the same, write the same steps in both; if not, say with “secondary perils” which peril is recorded
       *[budget] merge covers that are alike, or use fewer independent conditions; that none of these codes is reported does not mean that nothing is wrong
    }
C114 = part of the condition of the cover “{ $cover }” has no effect: { $why ->
        [never] this branch never holds
        [within] wherever this branch holds, another one does
       *[always] wherever the other parts hold, this one does
    }
    .never = never holds
    .within = within the other branches
    .always = always holds
    .help = check the values and the “and”, “or”, “not”, or remove this part
C115 = the cover “{ $cover }” { $why ->
        [none] has no condition
       *[other] has another condition
    }, while { $others } have the same one: is the difference meant?
    .label = { $why ->
        [none] no condition
       *[other] another condition
    }
    .like = the condition of the others
    .help = if it is meant, add `assume C115 "reason"` after the condition (after the perils where there is none) or write: acknowledge C115 for { $cover } "reason"; else make them equal
    .why = in the same circumstances other covers pay and this one does not, or the reverse
    .answer1 = the difference is meant
    .clause1 = assume C115 "reason"
    .answer2 = it should be as the others
    .clause2 = when 〔as the others〕
C116 = the cover “{ $cover }” pays for { $harms }, which none of its perils ({ $perils }) can cause
    .label = no peril causes { $harms }
    .help = check the schedule and the list of perils; if the document does say so, write: acknowledge C116 for { $cover } "reason"
C117 = among the perils of the cover “{ $cover }”, { $perils } cannot cause { $harms }: such claims do not occur
    .label = cannot cause { $harms }: { $perils }
    .help = nothing need be changed; this only says what each peril can do
C118 = { $why ->
        [unknown] the insured subject “{ $item }” stands for no harm, and nothing says what it is
        [unpaid] the insured subjects include “{ $item }”, but no cover pays for harm to it
       *[outside] covers pay for { $harms }, which the insured subjects leave out
    }
    .unknown = not said what it is
    .unpaid = no cover pays
    .outside = { $harms } not listed
    .help = { $why ->
        [unknown] write 人身 (persons), 财产 (property) or a harm of the library (see `anlan doc`), or add one with `extend harm`; if the document does not say, add: assume C118 "reason"
        [unpaid] add a benefit, or take it off the subjects; if the document does say so, add: assume C118 "reason"
       *[outside] add the subject, or check the benefits; if the document does say so, add: assume C118 "reason"
    }
C119 = the cover “{ $cover }” is for { $roles }, whom the complete list of persons insured leaves out
    .label = { $roles }
    .list = persons insured
    .help = if they are insured, add them to the list; if this cover alone is for them, add behind “persons”: assume C119 "reason"
    .why = one place insures them and another does not, and whether they are paid depends on it
    .answer1 = they are insured too
    .clause1 = persons <with these added>

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
