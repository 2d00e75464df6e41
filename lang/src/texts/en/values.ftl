### Records and values that commands refuse (V)

## Claim records (V00)
V001 = there is no column “{ $value }”; it is ignored
    .help = columns: { $known }
    .near = did you mean “{ $near }”?
V002 = “{ $field }” has no value “{ $value }”
    .help = values: { $known }
    .some = values: { $known } …; anlan doc lists all
    .near = did you mean “{ $near }”?
    .short = no such value
V003 = “{ $field }”: “{ $value }” is not a date
    .help = write 2024-07-01, or with the time of day 2024-07-01T08:30
    .short = wrong date
V004 = “{ $field }”: “{ $value }” is not an amount
    .help = write a number of yuan, such as 12000 or 12000.50
    .short = wrong amount
V005 = “{ $field }” cannot be negative: { $value }
    .help = to correct a claim, state it again; there are no negative rows
    .short = negative
V006 = “{ $field }” has too many decimals: { $value }
    .help = amounts are in yuan with at most two decimals
    .short = too many decimals
V007 = “{ $field }” is too large: { $value }
    .help = no single amount may exceed ten trillion yuan
    .short = too large
V008 = “{ $field }”: “{ $value }” is not a count
    .help = write a whole number, zero or more
    .short = wrong count
V009 = “{ $field }”: “{ $value }” is not one of the numbers allowed
    .help = from { $from } to { $to } { $unit }, in steps of { $precision } { $unit }
    .short = number not allowed
V010 = “{ $field }”: “{ $value }” is not a ratio
    .help = write 0.95 or 95%
    .short = wrong ratio
V011 = “{ $field }”: “{ $value }” is neither yes nor no
    .help = write yes or no
    .short = neither yes nor no
V012 = “{ $field }” holds a control character
    .help = an id stands on one line, without line breaks and tabs
    .short = control character in an id
V013 = “{ $field }” is given more than once
    .help = a column's id and its Chinese name are the same column; keep one
    .short = a field given twice
V014 = there is no field “{ $value }”
    .help = fields: { $known }
    .near = did you mean “{ $near }”?

## What a claim turns on (V02)
V020 = { $names } missing; the claim cannot be assessed
    .help = given the other facts, whether or how much is paid turns on what is missing
    .short = a needed fact missing
V021 = { $names } both apply with different amounts, and the scheme does not rank them
    .help = write “priority”, “higher” or “stack” in the scheme
    .short = covers not ranked
V022 = “{ $field }” is { $value }, above { $bound }; the scheme refuses it
    .help = check this value
    .short = above the maximum
V023 = “{ $field }” is { $value }, below { $bound }; the scheme refuses it
    .help = check this value
    .short = below the minimum

## A batch of claims (V03)
V030 = claim id “{ $value }” occurs { $count } times; none of its rows is accepted
    .help = one row a claim; to correct one, keep the corrected row only
    .short = repeated claim id
V031 = { $names } missing; the limits { $limits } cannot be counted
    .help = fill it in; blanks are neither pooled nor exempt
    .short = a key of a limit missing
V032 = “{ $field }” is { $value }, but other rows of the same { $key } “{ $id }” say { $other }
    .help = one { $key } has one { $field }
    .short = contradicts other rows
V033 = there is no claim id
    .help = every row needs a claim id of its own
    .short = no claim id
V034 = there is no date of loss
    .help = settlement decides term and year by the date of loss; every row needs one
    .short = no date of loss
V035 = “{ $field }” is { $value }, but in { $path } { $key } “{ $id }” has { $other }
    .help = make the two agree; a blank takes what that file says
    .short = contradicts the file of events or exposures
V036 = { $path } has no { $key } { $ids } ({ $count } in all), which claims name
    .help = check the ids; those claims are reckoned by what their own rows say
V037 = “{ $field }” is a fact of each claim and is ignored
    .help = events give peril, cause, region and facts that the scheme declares; exposures give household, region, dwelling_kind, sum_insured, policy_start, policy_end and facts that the scheme declares
V038 = both { $path } and { $other } give “{ $field }”
    .help = a fact stands in one file; leave the column out of the other

## What a computation needs (V04)
V040 = parameters without a value: { $names }
    .help = give the contract that sets them with --contract
V041 = an amount follows the total premium, and no bases were given
    .help = give persons and households of each region with --bases
V042 = decision “{ $name }” has not been taken, so the amount is not known
    .help = if it has been, give it with --decide { $name }=VALUE
    .year = if it has been, give it with --decide { $name }@YEAR=VALUE, where YEAR is the calendar year in which the insured year begins
    .event = if it has been, give it with --decide { $name }@EVENT=VALUE, where EVENT is the event id
    .fact = if it has been, give it with --decide { $name }@KEY=VALUE, where KEY is a value of { $field }
V043 = limit “{ $name }” does not suffice, and the scheme does not say what happens then
    .help = write “when exhausted pro rata”, “when exhausted by date” or the like in the scheme
V044 = a number leaves the range of exact arithmetic; the run is refused
    .help = check the amounts: ten trillion yuan at most each, 92 quadrillion in all
V045 = the term is not known, so there are no years
    .help = where a contract sets the term, give it with --contract
V046 = balance not given: { $names }
    .help = write “set FUND = AMOUNT” in the contract
V047 = the shares of the insurers add up to { $sum }, not 100%
    .help = correct the shares in the scheme or the contract
V048 = one group of limit “{ $limit }” falls under more than one decision “{ $name }”
    .help = take the decision for the same keys as the limit, or for all with --decide { $name }
V049 = limit “{ $limit }” follows “{ $field }”, which differs between claims of one group
    .help = check “{ $field }” of these claims

## Decisions (V05)
V050 = there is no decision “{ $value }”
    .help = decisions of the scheme: { $known }
    .near = did you mean “{ $near }”?
    .none = the scheme has no decisions
V051 = decision “{ $name }” cannot be taken for “{ $value }”
    .help = write --decide { $name }@KEY
    .term = it holds for the whole term and takes no key
    .year = the key is the calendar year in which the insured year begins, such as { $name }@2024
    .event = the key is an event id, such as { $name }@E1
    .fact = the key is a value of { $field }
V052 = decision “{ $name }” cannot carry “{ $value }”
    .help = write --decide { $option }=VALUE
    .none = it carries no value
    .money = the value is an amount, such as { $option }=50000000
    .ratio = the value is a ratio, such as { $option }=95%
    .count = the value is a whole number, such as { $option }=3
    .date = the value is a date, such as { $option }=2024-07-01
V053 = decision “{ $name }” is given more than once
    .help = give it once for each key
V054 = decision “{ $name }” is taken for “{ $value }”, of which there is no claim
    .help = check what stands after --decide { $name }@; under another id the decision holds for nobody
    .year = a year is called by the one that it begins in; check what stands after --decide { $name }@: for a year without claims the decision holds for nobody

## Files of claims (V06, V07)
V060 = the column names in line { $line } of { $path } are not { $encoding }
    .help = spreadsheets in China mostly save GB18030: add --encoding gb18030, or save as UTF-8
V061 = there are bytes that are not { $encoding }
    .help = if the whole file is GB18030, add --encoding gb18030; if only this row is wrong, correct it
    .other = if the file is UTF-8, leave --encoding out; if only this row is wrong, correct it
    .short = wrong encoding
V062 = { $path } lacks the columns { $names }
    .help = name the columns that settlement needs in the first line, by id or Chinese name
V063 = “{ $field }” holds a list or an object
    .help = a claim is one flat JSON object
    .short = a value is not single
V064 = { $path } is not readable text
    .help = save it as CSV (UTF-8) in your spreadsheet
V065 = { $path } is empty
    .help = column names in the first line, then one record a line
V066 = { $path } is not a JSON array of objects
    .help = a file with one object a line should end in .jsonl
V067 = this row is longer than 1 MB
    .help = check quotes and line breaks
    .short = row too long
V068 = a quote is not closed
    .help = write a quote inside a cell twice and quote the whole cell
    .short = unclosed quote
V069 = not a JSON object; wrong at character { $column }
    .help = one object a line, such as {"{"}"claim": "C1", "peril": "flood"{"}"}
    .short = not a JSON object
V070 = { $cells } cells under { $columns } columns
    .help = leave missing cells blank but keep their delimiters; quote text that holds a delimiter
    .short = wrong number of cells
V071 = { $path } lacks the columns claim and paid
    .help = an earlier result can be used as it is; in a file of your own, name the columns claim and paid
V072 = { $path }, line { $line }: claim “{ $claim }” has occurred before
    .help = add up what was paid on one claim in one row
V073 = { $path }, line { $line }: no claim id
    .help = fill it in or delete the line
V074 = { $path }, line { $line }: “{ $value }” is not an amount
    .help = write a number of yuan with at most two decimals
V075 = { $path }, line { $line } cannot be read
    .help = correct it; a payment left out would be paid again, so the file is refused
V076 = { $name } is not a flat JSON object
    .label = here
    .help = write {"{"}"peril": "flood", "harm": "death"{"}"}
V077 = line { $line } of { $path } has no { $keys }
    .help = each row says whose facts it gives: event for a disaster, household for an exposure, or an id of policy or dwelling that the scheme declares
V078 = line { $line } of { $path }: { $reason }
    .help = mend it and settle again; with a row left out its claims would lack facts or be paid wrongly, so the whole file is refused
V079 = line { $line } of { $path }: { $key } “{ $id }” stands in line { $first } already
    .help = one row for one { $key }

## Examples (V08)
V080 = parameter “{ $name }” is a list; an example cannot set it
    .help = a list shapes the perils of covers: set it in a contract, and write the example there too
V081 = the example states no loss
    .help = what layers bear presumes “loss AMOUNT”
V082 = the example has no claims
    .help = what is paid presumes “claim …”
expect-benefit = pays
expect-paid = paid
expect-paid-in-all = paid in all
expect-nothing = pays nothing
expect-refused = refused
expect-premium = premium
expect-bears = borne by { $name }
expect-ratio = ratio
expect-unpaid = unpaid
test-differs = { $what }: expected { $expected }, got { $actual }
test-otherwise = { $what }: { $actual }
test-accepted = it was not refused
test-nobody = there is no such party
test-expects-nothing = it expects nothing
test-totals = { $count } examples: { $passed } passed, { $failed } failed

## One claim
eval-benefit = pays: { $amount } yuan
eval-cover = cover: { $cover } ({ $articles })
eval-cover-uncited = cover: { $cover }
eval-reason = reason: { $text }
eval-note = note: { $text }
eval-step = step
eval-amount = amount
eval-article = article

## Settlement
settle-contract = contract “{ $contract }” ({ $first } to { $last }): { $rows } rows, { $settled } settled, { $rejected } rejected
settle-contract-open = contract “{ $contract }” (from { $first }): { $rows } rows, { $settled } settled, { $rejected } rejected
settle-events = { $count } events read
settle-exposures = { $count } exposures read
settle-reading = { $count } rows read{ $percent ->
    [none] {""}
   *[other] , about { $percent } %
}
settle-settling = { $count } rows read, settling
settle-writing = { $count } rows written, { $percent } %
settle-rows = { $scheme }: { $rows ->
        [one] 1 row
       *[other] { $rows } rows
    } read, { $settled } settled, { $rejected } rejected; besides, { $blank ->
        [one] 1 blank line
       *[other] { $blank } blank lines
    }
settle-sum = sum
settle-amount = yuan
settle-benefit = benefits
settle-cut = less { $name }
settle-paid = paid
settle-share = of which { $name }
settle-earlier = paid before
settle-due = due now
settle-over = paid too much before
settle-rejected = rejected { $code } { $text }: { $count }
settle-year = year { $first } to { $last }: { $claims ->
        [one] 1 claim
       *[other] { $claims } claims
    }, { $paid } yuan paid
settle-year-open = year from { $first }: { $claims ->
        [one] 1 claim
       *[other] { $claims } claims
    }, { $paid } yuan paid
settle-long-event = event “{ $event }” lasts from { $first } to { $last }, more than { $hours } hours: check whether it is one
settle-absent = paid before and not settled now: { $claim }, { $paid } yuan
settle-written = wrote { $path }

## How an amount comes about
value-blank = blank
value-yes = yes
value-no = no
step-fixed = fixed { $amount }
step-actual = actual { $field } { $amount }
step-fact = { $field } { $amount }
step-amount = { $amount }
step-per-unit = { $rate } × { $field } { $count }
step-scaled = { $amount } × { $ratio }
step-less = less { $amount }
step-up-to = up to { $amount }
step-unlimited = unlimited
step-at-least = at least { $amount }
step-share = share { $ratio }
step-round-half-up = round to { $unit }, half up
step-round-down = round to { $unit }, down
step-round-up = round to { $unit }, up
step-nothing = nothing
step-own-up-to = “{ $name }” up to { $amount }
step-own-less = “{ $name }” less { $amount }
note-term-no-date = no date of loss: the term was not tested
note-term-no-policy = no dates of the policy: the term was not tested
note-term-by-contract = the term is left to the contract: it was not tested
note-term-unstated = the scheme states no term: it was not tested

## Why nothing is paid
reason-out-of-term = the date of loss { $date } is outside the term ({ $first } to { $last })
reason-before-term = the date of loss { $date } is before the term begins on { $first }
reason-no-cover = no cover insures “{ $peril }”
reason-no-cover-at-all = no cover applies
reason-role = “{ $cover }” insures { $roles } only, not { $role }
reason-harm = “{ $cover }” does not pay for “{ $harm }”
reason-condition = the condition of “{ $cover }” does not hold
reason-condition-is = “{ $cover }” requires { $field } to be { $values }; here it is { $value }
reason-condition-is-not = “{ $cover }” requires { $field } not to be { $values }; here it is { $value }
reason-condition-at-least = “{ $cover }” requires { $field } of at least { $bound }; here it is { $value }
reason-condition-at-most = “{ $cover }” requires { $field } of at most { $bound }; here it is { $value }
reason-condition-over = “{ $cover }” requires { $field } over { $bound }; here it is { $value }
reason-condition-under = “{ $cover }” requires { $field } under { $bound }; here it is { $value }
reason-condition-equal = “{ $cover }” requires { $field } of { $bound }; here it is { $value }
reason-condition-yes = “{ $cover }” requires { $field }, which does not hold here
reason-condition-decided = “{ $cover }” requires decision “{ $name }”, which has not been taken
reason-treated-as = this scheme treats “{ $value }” as “{ $as }”
reason-nothing = “{ $cover }” pays nothing for “{ $harm }”
reason-nothing-for = “{ $cover }” pays nothing for “{ $harm }”: { $facts }
reason-zero = “{ $cover }” comes to zero for “{ $harm }”
reason-limit = limit “{ $limit }” is exhausted

## Premium and layers (V2)
V205 = decision “{ $decision }” must carry an amount
    .help = write --decide { $decision }=AMOUNT, in yuan
V206 = this amount varies with the claim; a report cannot give it a value
V210 = the scheme has no premium rule
    .help = write “premium …” first
V211 = the premium is counted from bases, and the document states none
    .help = give persons and households of each region with --bases (region,persons,households)
V212 = region “{ $region }” stands in the bases more than once
    .help = one row for each region
V213 = the scheme has neither a rate nor a total premium to use
    .help = where a contract sets the premium, give it with --contract
V214 = region “{ $region }” lacks { $base }
    .help = the rate is charged on { $base }; fill in that column
V215 = region “{ $region }” is not in the table of premium shares
    .help = the table lists { $known }
V216 = region “{ $region }”: after rounding, the parts exceed the premium and “{ $payer }”, who bears the remainder, would be negative
    .help = the premium is below one rounding unit; check the bases or the rounding
V217 = region “{ $region }” of the bases is outside the scheme's territory
    .help = the territory is { $known }
V218 = region “{ $region }” of the bases lies in “{ $outer }”, which has a row of its own, so its persons would count twice
    .help = keep one of the two rows
V219 = the total premium is that of the whole territory, and the bases have { $rows } rows, each of which would count it
    .help = give one row; where regions pay by their numbers, write rates into “premium”
V220 = the scheme has no layers
V221 = a loss must lie between 0 and ten trillion yuan
V222 = the loss exceeds all layers by { $unpaid }, and the scheme does not say what then
    .help = write “shortfall pro rata when decided …” in the tower
V223 = the loss exceeds all layers by { $unpaid }; decision “{ $decision }” must be taken before it is paid pro rata
    .help = if it has been, add --decide { $decision }
base-persons = persons
base-households = households

## Tables of bases and figures (V23, V24)
V230 = { $path } has a column “{ $column }” that nothing knows
    .help = the columns are { $known }
V231 = { $path } has the column “{ $column }” more than once
    .help = a column stands once; its Chinese and its English heading are the same column
V232 = { $path }, line { $line }: { $cells } cells under { $columns } headings
    .help = put text that holds a comma between double quotes
V233 = { $path } holds nothing but its heading
V234 = { $path } lacks the column “{ $column }”
    .help = the columns are { $known }
V235 = { $path }, line { $line }, is not valid CSV: { $detail }
V236 = { $path }, line { $line }: “{ $column }” is blank
V237 = { $path }, line { $line }: “{ $value }” in “{ $column }” is not a number of persons or households
    .help = write a whole number that is not negative: 800000, or 80万
V238 = { $path } reports “{ $figure }” more than once
V239 = { $path }, line { $line }: “{ $value }” is not a figure
    .help = write a number, a percentage or a fraction: 0.21, 21%, 1/2
V240 = { $path }, line { $line }, is not valid JSON: { $detail }
    .help = write one object: {"{"}"综合费用率": "0.21"{"}"}
V241 = { $path }: “{ $value }”, the value of “{ $figure }”, is not a figure
    .help = write a number, a percentage or a fraction: 0.21, 21%, 1/2
V224 = “{ $value }” is not an amount
    .help = write yuan from 0 to ten trillion with at most two decimals: 120亿元 or 12000000000

V301 = the scheme “{ $scheme }” does not leave this to the contract
    .label = the contract may not change it
    .scheme = what the scheme says
    .help = a contract sets parameters and what the scheme leaves “by contract” or lists under “contract prevails for”

V302 = the value of “{ $parameter }” is of the wrong kind
    .label = not of the parameter’s kind
    .scheme = declared here
    .help = write money, a ratio, a count, a date, a table or a list as the parameter declares

V303 = the value { $value } of “{ $parameter }” is beyond the bound { $bound }
    .label = the contract’s value
    .at-least = not below this
    .at-most = not above this
    .help = use a value within the bound

V304 = “{ $parameter }” lacks rows for { $rows }
    .label = the contract’s table
    .scheme = declared here
    .help = write every row, or use “otherwise”

V305 = the contract does not set “{ $parameter }”
    .label = the scheme leaves it to the contract
    .scheme = declared here
    .help = write “set { $parameter } = …” in the contract

V306 = “{ $parameter }” is set twice
    .label = the second time
    .scheme = declared here
    .help = remove one

V307 = the contract does not set the term
    .label = the scheme leaves the term to the contract
    .scheme = what the scheme says
    .help = write “term 2023-04-01 to 2026-03-31” in the contract

V308 = the scheme does not name “{ $insurer }”
    .label = an insurer of the contract
    .scheme = what the scheme says
    .help = check the insurer’s name

V309 = the term of the contract is not the { $years } years of the scheme
    .label = the contract’s term
    .scheme = what the scheme says
    .help = make it { $years } years, or let the scheme say “contract prevails for term”
