### Premium (M)

M101 = the total premium is stated as { $stated }, but rates times bases give { $computed }, a difference of { $difference }
    .label = stated: { $stated }
    .base = the base
    .help = check rates, bases and total
M102 = the base is of { $kind ->
        [current] the insured year
       *[other] the year { $lag } before the insured year
    }, so of { $expected }, but the figure given is of { $year }
    .label = of { $year }
    .term = the term begins on { $start }
    .help = use the figure of { $expected }, or state the year that { $year } is; if the document does say so, write: acknowledge M102 "reason"
M103 = { $what ->
        [rate] the rate is charged by { $unit }, but no base counts them
       *[base] the base “{ $kind }” counts { $unit }, but no rate is charged by them
    }
    .label = { $what ->
        [rate] no base for it
       *[base] no rate for it
    }
    .help = { $what ->
        [rate] write “base … counts { $unit }”
       *[base] write “rate … yuan/{ $unit }/year”, or remove the base
    }
M104 = the rate does not say for what period it is charged: a year, or the whole term?
    .label = a year? the whole term?
    .help = by the year it reads “yuan/person/year”; if the document is silent, add: assume "reason"
    .why = per year or per term, the premium differs by a multiple
    .answer1 = per year
    .clause1 = yuan/person/year
M105 = the base “{ $kind }” does not say of which year it is: the insured year, the one before, or two before?
    .label = which year?
    .help = write “current year”, “previous year” or “year before last”; if the document is silent, add: assume "reason"
    .why = the population differs from year to year, and the premium with it
    .answer1 = the current year
    .clause1 = current year
    .answer2 = the previous year
    .clause2 = previous year
    .answer3 = the year before last
    .clause3 = year before last
M106 = the limit “{ $limit }” is computed from the total premium, but the scheme has neither a rate nor a total
    .label = cannot be computed
    .help = write “premium …”, or make the limit a fixed amount
M107 = the scheme does not say who bears the premium
    .label = who bears it?
    .help = write “paid by … 100%” or a “split”; if the document is silent, add: assume "reason"
    .why = a premium that nobody bears is not paid
    .answer1 = name who bears it
    .clause1 = paid by <body> 100%
M108 = the term is longer than a year, and the scheme does not say how the premium is paid: year by year, or all at once?
    .label = paid how?
    .term = longer than a year
    .help = write “due "yearly"” or “due "once"”. If the document is silent, add: assume "reason"
    .why = paid yearly, each year is charged by its own base; paid at once, all years are computed and budgeted in advance
    .answer1 = year by year
    .clause1 = due "yearly"
    .answer2 = all at once
    .clause2 = due "once"
M109 = the term is longer than a year, and the total premium does not say whether it is of one year or of the whole term
    .label = a year? the whole term?
    .term = longer than a year
    .help = that of a year is written “…元/年”; that of the whole term, as the amount of a year. If the document is silent, add: assume "reason"
    .why = the two readings differ by a multiple, and so does the premium to be budgeted
    .answer1 = of one year
    .clause1 = total <amount>/年

unit-person = person
unit-household = household
