### Questions (Q)

Q101 = what is one event? { $reader } counts per event, and the scheme does not define it
    .label = counted per event
    .help = a window of time: “event 72 hours”; left to the contract: “event by contract”; by the recorded number: “event as recorded”. If the document is silent, add: assume "reason"
Q102 = is a year a policy year or a calendar year? { $reader } counts per year, and the scheme does not say
    .label = counted per year
    .help = write “year policy year” or “year calendar year”. If the document is silent, add: assume "reason"
Q103 = who is cut when the limit “{ $limit }” runs out?
    .label = when exhausted?
    .help = all claims in one ratio: “when exhausted pro rata”; earlier losses first: “when exhausted by date”; some harms or covers first: “when exhausted by rank …”. If the document is silent, add: assume "reason"
Q104 = the covers “{ $first }” and “{ $second }” can both apply to one claim and pay the same: which one counts? Different bodies handle them
    .label = { $first }
    .second = { $second }
    .help = write “priority { $first } over { $second }” or the reverse. If the document is silent, add: assume "reason"
Q105 = does the limit “{ $limit }” lie within “{ $outer }”, or is it in addition?
    .label = within { $outer }?
    .outer = { $outer }
    .help = if within, write “within { $outer }”; if in addition, name the covers of “{ $outer }” without these. If the document is silent, add behind this limit: assume "reason"
Q106 = is { $list } complete, or are its items examples?
    .label = are there others?
    .help = if complete, write “closed”; if it has a number, “counted …”; if examples, “and others”. If the document is silent, add: assume "reason"
Q107 = { $list } ends with “and others”: who says what else belongs to it?
    .label = who decides?
    .help = write “and others by decision …” and declare “decision … by …”; to pay only what is listed, add: assume "reason"
Q108 = rounded to { $unit }: which way?
    .label = half up? down? up?
    .help = write “half up”, “down” or “up”. If the document is silent, add: assume "reason"
Q109 = the condition of the cover “{ $cover }” does not place the liable states { $values }: do they pay?
    .label = { $values }?
    .help = if they pay, name them; if not, end the condition with “, otherwise nothing”; to treat one like another, write “treat liable … as …”. If the document is silent, add: assume "reason"
Q110 = how are several injuries of one person graded?
    .label = several injuries
    .help = the heaviest counts: “several injuries heaviest”; equal ones raise it: “several injuries heaviest raised one grade”. If the document is silent, add: assume "reason"
Q111 = when a person is disabled and then dies, is the disability paid taken off the death benefit?
    .label = death and disability
    .help = if it is, write “death less paid disability”; if both are paid, add behind the schedule: assume "reason"
Q112 = what does a part of a { $unit } count as?
    .label = part of a { $unit }?
    .help = write “part { $unit } counts as one”, “part { $unit } counts as none” or “part { $unit } pro rata”. If the document is silent, add: assume "reason"
Q113 = who takes the decision “{ $decision }”? The document does not say
    .label = by whom?
    .help = write “by …”; if the document is silent, add: assume "reason"
Q114 = does the decision “{ $decision }” hold for the whole period, or from the day it is taken?
    .label = effect
    .help = write “effect whole period” or “effect from the day”. If the document is silent, add: assume "reason"
Q115 = how much is paid for { $kind ->
        [person] persons
       *[property] property
    } when there is other insurance or compensation?
    .label = other insurance
    .help = write “other insurance { $kind ->
        [person] person
       *[property] property
    } none”, “… pro rata” or “… by law”. If the document is silent, add: assume "reason"
Q116 = is what was paid recovered from whoever is liable?
    .label = subrogation
    .help = write “subrogation none” or “subrogation against …”. If the document is silent, add: assume "reason"
Q117 = may a negotiated sum insured be below the base?
    .label = below the base?
    .help = if not, write “at least base”; if so, add behind “negotiated”: assume "reason"
Q118 = what does the schedule “{ $schedule }” count per: claim, person and event, household and event?
    .label = per what?
    .help = write “per claim”, “per person per event”, “per household per event” behind its name. If the document is silent, add: assume "reason"
Q119 = what does the limit “{ $limit }” count per: event, year, the whole term?
    .label = per what?
    .help = write “per event”, “per year” or “per term”
Q120 = the scheme does not state its term
    .label = term
    .help = write “term 3 years from 2024-01-01”, “term by contract” or such. If the document is silent, add: assume "reason"
Q121 = is there a highest sum insured?
    .label = at most how much?
    .help = write “at most … refused”; if there is none, add behind “negotiated”: assume "reason"

reader-tower = the tower
