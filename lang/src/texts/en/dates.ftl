### Dates and periods (D)

D101 = the document takes effect on { $effective }, before it was issued on { $issued }: does it reach back?
    .label = effective
    .issued = issued
    .help = check both dates; if it is meant to reach back, write: acknowledge D101 "reason"
D102 = the document is valid until { $end }, before it begins on { $begin }
    .label = valid until { $end }
    .help = check the dates
D103 = the term ends on { $last }, but the document is valid until { $end }: later claims have no basis
    .label = ends on { $last }
    .end = valid until { $end }
    .help = shorten the term, or say that contracts made before run on
D104 = the term of { $length } is longer than the document is valid ({ $from } to { $end })
    .label = { $length }
    .end = valid until { $end }
    .help = check the term against the validity
D105 = the term begins on { $start }, before the document takes effect on { $effective }: are earlier disasters paid?
    .label = from { $start }
    .effective = effective
    .help = check both dates; if it is meant to reach back, write: acknowledge D105 "reason"
D106 = the document repeals itself: { $document }
    .label = this very document
    .help = check the document number
D107 = the deadline of the duty “{ $duty }” is { $deadline }, before the document was issued on { $issued }
    .label = { $deadline }
    .issued = issued on { $issued }
    .help = check the date
D108 = { $when ->
        [late] the amount from { $date } is never used: the term ends on { $end }
       *[early] the amount before { $date } is never used: the term begins on { $start }
    }
    .label = from { $date }
    .help = check the date

length-years = { $count ->
        [one] { $count } year
       *[other] { $count } years
    }
length-months = { $count ->
        [one] { $count } month
       *[other] { $count } months
    }
