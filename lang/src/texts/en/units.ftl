### Units (U)

dimension-money = an amount of money
dimension-persons = a number of persons
dimension-households = a number of households
dimension-time = a length of time (hours, days)
dimension-period = a period (months, years)
dimension-length = a length
dimension-ratio = a ratio

value-money = an amount of money
value-rate = an amount for each person, household or period
value-ratio = a ratio
value-number = a number without a unit
value-date = a date
value-unlimited = “unlimited”
value-table = a column of values
value-other = something else

wanted-cell = an amount or a ratio
wanted-rate = a rate such as 1 yuan/person/year
wanted-unit-rate = a unit price such as 60 yuan/person/month
wanted-count = a count
wanted-figure = a number
wanted-interval = a fact whose values have a size

U101 = “{ $value }” has no unit
    .label = which unit?
    .help = Did you mean { $yuan } or { $wan }?
    .plain = Write “{ $value }{ $unit }”
    .cell = Write “0元” for an amount, “0%” for a ratio
U102 = { $wanted } is wanted here, not { $found }
    .label = { $found }
    .help = Write { $wanted }
    .base = Say what it is a part of, such as `sum insured × 70%`; to pay a part write `share 70%`
U103 = { $left } and { $right } do not go together
    .label = of different kinds
    .other = { $left }
    .help = Terms of a sum must all be amounts, all ratios, or all counts of one thing
    .column = The cells of a column must all be amounts or all ratios
U104 = Money goes down to 1 fen; this is finer
    .label = less than a fen
    .help = At most two decimals of a yuan
U105 = The amount is too large; one may be at most 10 million million yuan
    .label = too large
    .help = Check 万 and 亿
U106 = The number must be above zero here
    .label = not negative, not zero
    .help = Write `less` for what is taken off, not a negative number
U107 = The share is { $share }, above 100%
    .label = above 100%
    .help = Did you mean { $percent }?
    .most = A share is at most 100%
U108 = This says { $amount }. Did you mean { $meant }?
    .label = { $amount } is far from what is usual here
    .help = Check whether the unit is 元, 万元 or 亿元; if it is right, give the reason with `acknowledge U108`
U109 = { $left } cannot be multiplied by { $right }
    .label = a product of two amounts
    .help = An amount can be multiplied only by a ratio or a count
U110 = A count must be a whole number
    .label = not whole
    .help = Write a whole number
U111 = A rate must say whether it is for a person or for a household
    .label = for each what?
    .help = Write `yuan/person/year` or `yuan/household/year`
    .unit = Write `yuan/person/month` or the like: how much for each one counted
U112 = The fraction's denominator is zero
    .label = zero
    .help = Check the fraction
U113 = The value must lie between { $from } and { $to } ({ $unit }) in steps of { $precision }
    .label = out of bounds or off the grid
    .declaration = bounds and precision do not fit together
    .declared = declared here
    .help = Check the value, or change the fact's precision and bounds
U114 = The unit “{ $name }” is defined in a circle or by a unit of another dimension
    .label = not a definition
    .help = A unit is defined by another one of its dimension
U115 = the { $kind } “{ $table }” { $named ->
        [none] has no line of column names, so one cell a row
       *[some] has { $columns ->
            [one] one column
           *[other] { $columns } columns
        }
    }, and this row has { $cells ->
        [one] one cell
       *[other] { $cells } cells
    }
    .label = { $cells ->
        [one] one cell
       *[other] { $cells } cells
    }
    .columns = { $columns ->
        [one] one name
       *[other] { $columns } names
    }
    .help = { $how ->
        [fewer] add the missing cells, or remove the name too many
       *[more] { $named ->
            [none] write the names of the columns in the first line, or remove the cells too many
           *[some] add the missing name, or remove the cells too many
        }
    }

U301 = two quantities that both vary cannot be multiplied
    .label = this expression has no definite amount
    .help = a product has at most one money amount or count that varies; the other factor is a number or a ratio

U302 = a product has two ratios that are not written out
    .label = both ratios come from parameters
    .help = merge the two parameters into one, or write one of them out

U303 = a condition or bound cannot depend on a value that is not set yet
    .label = a definite amount is needed for this comparison
    .help = write the amount; if the contract sets it, check the contract

U304 = an amount of money is needed here
    .label = this is not an amount of money
    .help = write an amount, a parameter or fact of money, or a table of amounts

U305 = a ratio is needed here
    .label = this is not one definite ratio
    .help = write a percentage, a fraction or a parameter of ratio

U306 = the number is out of range
    .label = amounts go up to 10 trillion yuan
    .help = check the numbers and units

U307 = the value does not fit the fact it is compared with
    .label = wrong unit or precision
    .help = write a definite value in the unit and precision of the fact

U308 = “{ $fact }” cannot be used like this
    .label = a fact of another kind is needed
    .help = “is” takes a fact with listed values, comparisons take money, counts and numbers, and a fact alone must be yes or no

U309 = the decision “{ $decision }” has several keys
    .label = a decision is taken for one key
    .help = keep one, for instance “per event” or “per region”

U310 = parts of “{ $fact }” are counted in two ways
    .label = differs from another line
    .help = a count has one rule for parts

U311 = “at most … units” needs an amount per unit
    .label = no single rate stands before it
    .help = write “60元/人/月 × months, at most 6 units”

U312 = it is unknown whether this counts persons or households
    .label = neither “人” nor “户” in the unit
    .help = write rates like “2元/人/年” and bases with “counts person”

U313 = this quantity cannot stand among reported figures
    .label = covenants and metrics read reported figures, parameters and numbers
    .help = write the name of a reported figure

U314 = one amount has two quantities that vary
    .label = of the parts of a sum at most one varies from claim to claim, nought times it too
    .help = write a benefit for each quantity, and a limit over them where their total is limited

U315 = an amount is reckoned from a number that may be negative
    .label = this number may be below 0
    .help = no amount is negative; declare the fact “from 0 to …”, or another that is never negative, such as metres below the mark
