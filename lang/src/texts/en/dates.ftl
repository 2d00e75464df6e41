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
D109 = from { $from } to { $to } the term has less than a year ({ $months } months): does the limit “{ $limit }” apply to it in full, or in proportion?
    .label = one of the years is not whole
    .limit = counts per year
    .help = if it applies in full, write behind the term: assume D109 "reason", or where the document says so: acknowledge D109 "reason"; else make the term whole years, or count policy years
    .why = the limit of a year for some months, or that of some months: the difference may be large
    .answer1 = the limit applies in full to a part of a year
    .clause1 = term 〔as written〕 assume D109 "the yearly limit applies in full to a part of a year"
    .answer2 = the term should be whole years
    .clause2 = term 〔whole years〕
D110 = { $why ->
        [review] “{ $what }” is reviewed every { $every }, but the term is only { $term }: there will be no review
       *[deadline] the duty “{ $what }” recurs { $period }, but falls due { $days } days after the period, when the next one is over
    }
    .label = does not fit
    .term = the term
    .help = check both periods; if the document does say so, add: assume D110 "reason"
period-month = every month
period-quarter = every quarter
period-year = every year
D111 = the document “{ $document }” does not say since when it is in force
    .label = since when?
    .help = write “effective …”; if it is in force from its issue, give that day. If the document is silent, add: assume "reason"
    .why = whether a disaster before that day is paid for depends on it
    .answer1 = from the day of issue
    .clause1 = effective <day of issue>
    .answer2 = from another day
    .clause2 = effective <date>

D112 = the framework “{ $framework }” takes effect on { $begins }, after this document does on { $effective }: does the scheme conform before that?
    .label = effective { $effective }
    .framework = the framework is effective { $begins }
    .help = check both dates; if the scheme conforms in advance, write: acknowledge D112 "reason"
length-years = { $count ->
        [one] { $count } year
       *[other] { $count } years
    }
length-months = { $count ->
        [one] { $count } month
       *[other] { $count } months
    }
