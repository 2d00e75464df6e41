### The summary: the text that people review, publish and compare

summary-title = { $title }: summary
summary-title-contract = { $title }: summary ({ $contract })
summary-preamble = Compiled from the scheme file, one fact a line, for review and comparison. Where it differs from the document as issued, the document prevails.
summary-unstated = not stated in the document
summary-none = none
summary-yes = yes
summary-no = no
summary-quoted = “{ $name }”
summary-bracketed = ({ $text })
summary-cited = { " " }(art. { $articles })
summary-column-article = Article

## Section titles
summary-section-identity = Identity
summary-section-term = Term
summary-section-scope = Territory, persons and subject
summary-section-covers = Covers
summary-section-meeting = Covers that apply together
summary-section-schedules = Schedules of benefits
summary-section-sum-insured = Sum insured
summary-section-limits = Aggregate limits
summary-section-premium = Premium
summary-section-split = Split of the premium
summary-section-coinsurance = Coinsurance
summary-section-tower = Loss layers
summary-section-funds = Funds
summary-section-exposure = Exposure
summary-section-decisions = Left to a decision
summary-section-parameters = Left to the contract
summary-section-bounds = Metrics, covenants and reviews
summary-section-duties = Duties and responsibilities
summary-section-elsewhere = Other insurance and subrogation
summary-section-conformity = Conformity with the framework
summary-section-assumptions = Assumptions
summary-section-acknowledged = Acknowledged findings
summary-section-open = Open questions
summary-section-articles = Articles of the document
summary-section-version = Version
summary-section-applies-to = Application
summary-section-scopes = Scopes
summary-section-requirements = Requirements

## Identity
summary-title-label = Title
summary-id = Id
summary-document = Document number
summary-document-unnumbered = unnumbered (“{ $title }”)
summary-issued = Issued
summary-effective = In force from
summary-valid-until = Valid until
summary-until-decision = the day of { $decision }
summary-repeals = Repeals
summary-under = Issued under
summary-under-included = { $document }
summary-under-not-included = { $document } (text not included)
summary-frameworks = Conforms to
summary-contract = Contract

## Term
summary-term = Term
summary-period = { $first } to { $last }
summary-term-open = from { $start }
summary-term-policy = as the policy states: { $start } to { $end }
summary-term-contract = set by the contract
summary-term-contract-years =
    { $years ->
        [1] 1 year, its dates set by the contract
       *[other] { $years } years, their dates set by the contract
    }
summary-renewable = renewable
summary-year = Year
summary-year-policy = policy year
summary-year-calendar = calendar year
summary-year-of-event = by the day on which the event began
summary-year-n = Year { $number }
summary-event = One event
summary-event-hours = what happens within { $hours } hours
summary-event-recorded = as the event id records it

## Territory, persons and subject
summary-territory = Territory
summary-territory-except = without { $areas }
summary-territory-including = with { $areas }
summary-policyholder = Policyholder
summary-policyholder-authorised = { $bodies } (authorised by { $by })
summary-persons = Persons insured
summary-persons-present = natural persons in the territory when the event happens
summary-persons-present-including = natural persons in the territory when the event happens, including { $classes }
summary-subject = Subject insured
summary-beneficiary = Beneficiary
summary-beneficiary-of = { $bodies } ({ $harms })
summary-standard = Standard for { $fact }
summary-secondary = Secondary perils
summary-secondary-origin = recorded under the peril that began
summary-secondary-direct = recorded under the direct cause
summary-secondary-recorded = as recorded
summary-body = Body
summary-body-alias = { $name }, also called { $aliases }
summary-establishing = Established by
summary-established = { $fact } is established by { $by }
summary-treating = Treated as
summary-treated = where { $fact } is { $value }, it is treated as { $as }
summary-list-unstated = { $list } (whether the list is complete is not stated)
summary-list-open = { $list }, among others
summary-list-closed = { $list }, and no others
summary-list-counted =
    { $count ->
        [1] { $list }, 1 in all
       *[other] { $list }, { $count } in all
    }

## Covers
summary-groups = Groups of perils
summary-group-law = as “{ $law }” lists them, as amended
summary-group-law-as-of = as “{ $law }” lists them on { $date }
summary-group-decided = the rest left to { $decision }
summary-perils = Perils
summary-perils-any = any
summary-peril-caused = { $peril } caused by { $cause }
summary-harms = Harms
summary-roles = Persons
summary-roles-all = all persons insured
summary-condition = Condition
summary-benefits = Benefits
summary-benefits-by = by { $schedule }, for { $harms }
summary-handled-by = Handled by
summary-handled-for = { $bodies } (for { $perils })
summary-subrogation = Subrogation
summary-subrogation-none = none
summary-subrogation-against = against { $against }, once paid
summary-subrogation-except = against { $against } except { $except }, once paid

summary-condition-is = { $fact } is { $values }
summary-condition-is-not = { $fact } is not { $values }
summary-condition-otherwise-nothing = { $condition }; otherwise nothing is paid
summary-condition-compare = { $fact } { $compared }
summary-condition-yes = { $fact } holds
summary-condition-decided = { $decision } has been decided
summary-condition-not = not the case that { $condition }
summary-and = { $left }, and { $right }
summary-or = { $left }, or { $right }
summary-alternatives = { $list } or { $last }
summary-compare-at-least = at least { $value }
summary-compare-at-most = at most { $value }
summary-compare-over = over { $value }
summary-compare-under = under { $value }
summary-compare-equal = exactly { $value }

summary-meeting-priority = Priority
summary-meeting-over = { $first } goes before { $others }
summary-meeting-higher = The larger benefit is paid
summary-meeting-stack = Each is paid
summary-all-covers = all covers
summary-all-other-covers = all other covers

## Schedules of benefits
summary-counted-per = Counted
summary-paid-by-covers = Paid by covers
summary-harms-combined = { $harms } together
summary-pays-fixed = fixed: { $amount }
summary-pays-actual = actual: { $amount }
summary-pays-per-unit = by count: { $amount }
summary-pays-nothing = nothing is paid
summary-table-named = table { $table }
summary-table-column = table { $table }, column { $column }
summary-amount-by-table = the amount in { $table }
summary-amount-by-table-of = { $of } times the ratio in { $table }
summary-amount-sum-insured = the sum insured
summary-step-less = less { $amount }
summary-step-up-to = up to { $amount }
summary-step-at-least = at least { $amount }
summary-step-share = { $ratio } of it
summary-step-round = rounded to { $unit }, { $mode }
summary-step-keyed = { $step } { $keys }
summary-round-half-up = half up
summary-round-down = down
summary-round-up = up
summary-injuries = Several injuries
summary-injuries-heaviest = the heaviest grade is paid
summary-injuries-raised = the heaviest grade is paid, raised by one where it occurs twice or more
summary-less-paid = One after another
summary-less-paid-text = { $harm } is paid less what the same person was paid for { $paid }
summary-table-title = Table: { $table }
summary-column-value = Value
summary-row-otherwise = otherwise
summary-interval-any = any
summary-interval-from = at least { $low }
summary-interval-over = over { $low }
summary-interval-below = under { $high }
summary-interval-to = at most { $high }
summary-interval-from-to = { $low } to { $high }
summary-interval-from-below = at least { $low } and under { $high }
summary-interval-over-to = over { $low } and at most { $high }
summary-interval-over-below = over { $low } and under { $high }

summary-amount-premium = the total premium
summary-amount-balance = the balance of { $fund }
summary-amount-decided = the amount that { $decision } sets
summary-amount-raised = { $otherwise } ({ $amount } once { $decision } is decided)
summary-amount-from = { $amount } from { $date }
summary-amount-times = { $times } times { $of }
summary-amount-share = { $ratio } of { $of }
summary-amount-product = { $of } times { $ratio }
summary-amount-per-unit = { $rate } × { $fact } ({ $rules })
summary-part-up = { $unit ->
    [months] a part of a month counts as a month
   *[other] a part counts as one
 }
summary-part-down = { $unit ->
    [months] a part of a month does not count
   *[other] a part counts as none
 }
summary-part-pro-rata = { $unit ->
    [months] a part of a month counts pro rata
   *[other] a part counts pro rata
 }
summary-units-at-most = { $unit ->
    [months] at most { $count } { $count ->
        [one] month
       *[other] months
     }
   *[other] at most { $count }
 }
summary-units-unlimited = any number
summary-unlimited = unlimited
summary-parameter-open = “{ $name }” as the contract sets it
summary-parameter-by = “{ $name }” as { $by } sets it
summary-parameter-bound = { $value } (“{ $name }”)

## Sum insured
summary-sum-insured-none = no benefit depends on a sum insured
summary-sum-insured-base = Base sum insured ({ $class })
summary-sum-insured-negotiated = Negotiated sum
summary-sum-insured-fixed = not negotiable
summary-sum-insured-free = may be agreed with the insurer
summary-sum-insured-at-least-base = may be agreed with the insurer, not below the base
summary-sum-insured-at-most = Largest sum insured
summary-sum-insured-refused = { $amount }; a claim above it is refused
summary-sum-insured-capped = { $amount }; what is above it is left out

## Aggregate limits
summary-limit-order = Order
summary-limit-order-text = first the schedules' own limits, then { $limits }
summary-limit-amount = Limit
summary-limit-amount-from = Limit from { $date }
summary-limit-raised = Limit raised
summary-limit-raised-text = { $amount } once { $decision } is decided
summary-limit-less = Left out of the total
summary-limit-largest = Largest only
summary-limit-largest-text = of each group the largest benefit alone is paid
summary-limit-over = Over
summary-limit-within = Nesting
summary-limit-within-text = inside { $limit }
summary-filter-fact = only { $fact }: { $values }
summary-exhausted = When exhausted
summary-tier-date = date of loss
summary-tier-event = event id
summary-tier-claim = claim id
summary-tier-first = paid in the order of { $order }
summary-tier-rank = paid in the rank of { $ranks }
summary-pro-rata-alone = all claims are paid at the same ratio
summary-pro-rata-within = claims of the same standing share what is left at the same ratio
summary-pro-rata-needless = until nothing is left
summary-ratio-to = the ratio is cut down to a multiple of { $ratio }
summary-key-person = per person
summary-key-household = per household
summary-key-event = per event
summary-key-year = per year
summary-key-term = within the term
summary-key-claim = per claim
summary-key-fact = per { $fact }

## Premium
summary-rate = Rate
summary-rate-person = { $amount } per person per year
summary-rate-household = { $amount } per household per year
summary-rate-contract-by = set by the contract, by { $facts }
summary-by-contract = set by the contract
summary-base = Base
summary-base-persons = { $kind } (persons)
summary-base-households = { $kind } (households)
summary-base-current = of the current year
summary-base-previous = of the previous year
summary-base-before-last = of the year before last
summary-base-lag = of { $years } years before
summary-base-stated = stated as { $count } { $unit }
summary-base-stated-year = stated as { $count } { $unit } in { $year }
summary-unit-persons = persons
summary-unit-households = households
summary-total = Total premium
summary-total-stated = { $amount } a year
summary-total-planned = { $amount } a year (planned)
summary-total-computed = computed from rates and bases
summary-payers = Paid by
summary-payer = { $name } { $share }
summary-payers-split = as the section “Split of the premium” states
summary-due = Due
summary-split-none = not split
summary-split-round = Rounding
summary-split-round-text = the part of { $payer } to { $unit }, { $mode }
summary-remainder = Remainder
summary-remainder-to = to { $payer }
summary-remainder-unstated = not stated in the document; by largest remainder
summary-split-override = Changed split
summary-split-override-text = once { $decision } is decided: { $shares }

summary-insurer-lead = Lead insurer
summary-insurer-follow = Co-insurer
summary-insurer-share = { $name }, share { $share }
summary-insurers = Number of insurers
summary-insurers-exactly = { $count }
summary-insurers-between = { $least } to { $most }
summary-lead-at-least = Share of the lead
summary-shares = Shares

## Layers and funds
summary-tower-none = no layers
summary-tower-total = Limit of the whole
summary-layers = Table: loss layers, from the first
summary-column-layer = Layer
summary-column-bearer = Borne by
summary-column-up-to = Up to
summary-column-coinsured = Shared by the co-insurers
summary-shortfall = When the layers run out
summary-shortfall-pro-rata = all claims are paid at the same ratio
summary-shortfall-decided = once { $decision } is decided, all claims are paid at the same ratio
summary-funds-none = none
summary-fund-accrual = Accrual
summary-fund-carrying = Surplus
summary-fund-carried = carried forward every year
summary-fund-balance = Balance
summary-fund-reported = as { $by } reports it

## Decisions and parameters
summary-decided-by = by { $by }
summary-decided-by-unstated = by whom is not stated
summary-decided-term = once for the term
summary-decided-year = for each year
summary-decided-event = for each event
summary-decided-fact = for each { $fact }
summary-effect-whole = with effect for the whole period
summary-effect-day = with effect from the day
summary-decided-value = with a value ({ $kind })
summary-set-by = set by { $by }
summary-planned = planned as { $value }
summary-not-set = not set yet
summary-set-to = now { $value }
summary-set-to-table = now as in the table below
summary-empty-list = nothing
summary-parameter-table-title = Table: { $name } (set by the contract)
summary-kind-money = money
summary-kind-ratio = ratio
summary-kind-count = count
summary-kind-date = date
summary-kind-table = { $kind } for each { $domain }
summary-kind-list = list of { $domain }
summary-contract-prevails = The contract prevails for
summary-contracts = Contracts under this scheme
summary-contracts-text = { $contracts }; { $count ->
    [one] what it sets stands in its own summary
   *[other] what they set stands in their own summaries
 }
summary-item-premium = premium
summary-item-limits = limits
summary-item-term = term
summary-item-coinsurance = coinsurance

## Covenants, reviews, duties
summary-metric = Metric
summary-metric-text = { $name } = { $value }
summary-covenant = Covenant
summary-covenant-text = { $name } { $bound }
summary-covenant-per = for each { $facts }
summary-review = Review
summary-review-text = { $what } { $every } by { $by }
summary-review-decides = may lead to { $decision }
summary-every-year = every year
summary-every-years = every { $years } years
summary-every-months = every { $months } months
summary-every-month = every month
summary-every-quarter = every quarter
summary-in-principle = in principle
summary-encouraged = encouraged
summary-must = must
summary-modality = { $modality }: { $text }
summary-responsible = { $by }
summary-duty-by = by { $by }
summary-duty-by-to = by { $by } to { $to }
summary-within-days =
    { $days ->
        [1] within 1 day of the period's end
       *[other] within { $days } days of the period's end
    }
summary-by-date = by { $date }
summary-by-yearly = by { $day } { $month ->
    [1] January
    [2] February
    [3] March
    [4] April
    [5] May
    [6] June
    [7] July
    [8] August
    [9] September
    [10] October
    [11] November
   *[other] December
 } each year
summary-by-words = deadline: { $text }
summary-duty-otherwise = otherwise { $decision }
summary-forbids = Forbidden
summary-supplement = A supplement may
summary-other = Other insurance
summary-other-property = Other insurance (property)
summary-other-person = Other insurance (persons)
summary-other-pro-rata = shared pro rata with it
summary-other-none = nothing is deducted for it
summary-other-by-law = as the law provides

## Conformity
summary-conforms-to-none = declares no framework
summary-requires-nothing = its frameworks require nothing that can be checked
summary-standing = { $requirement } — { $result }
summary-article-of = { $article } of { $framework }
summary-met = met
summary-met-at = met, at { $value }
summary-broken = not met
summary-broken-at = not met, at { $value }
summary-deferred = to be checked once the contract sets it
summary-deferred-on = to be checked once the contract sets { $parameters }
summary-not-checked = words only, for the reviewer
summary-not-decided = not decided
summary-not-decided-bodies = not decided: the file does not say whether { $bodies } is such a body
summary-requirement-in-scope = { $text } ({ $scope })
summary-require-payable = payable { $keys } { $bound }
summary-require-payable-of = payable { $keys } for { $harm } { $bound }
summary-require-limit = limit { $keys } { $bound }
summary-require-payer = premium paid by { $bodies }
summary-require-policyholder = the policyholder is { $bodies }
summary-require-persons = the persons insured include { $classes }
summary-require-duty = { $what } { $duty }
summary-scope-basic = basic scope
summary-scope-extended = extended scope
summary-scope-modality = Force
summary-scope-choice = Choice
summary-scope-menu = a scheme may choose from it
summary-scope-whole = a scheme takes the whole
summary-scope-free = nothing is required of a scheme
summary-applies-to = Applies to
summary-applies-to-text = every { $level } of { $area }

## Assumptions, acknowledgements, questions, articles, version
summary-accepted = { $message }Accepted because: { $reason }
summary-accepted-because = Accepted because: { $reason }
summary-open-error = Error { $code }
summary-open-warning = Warning { $code }
summary-open-question = Question { $code }
summary-article-encoded = encoded
summary-article-prose = no rule: { $reason }
summary-article-partly = encoded in part; the rest no rule: { $reason }
summary-article-neither = neither encoded nor explained
summary-articles-unlisted = the scheme lists no articles of the document
summary-hash = Plan hash (SHA-256)
summary-plan-version = Version of the plan format

summary-near-ratio = about { $near } ({ $exact })
summary-limit-of-schedule = the { $harms } limit of { $schedule }
summary-exposure-range = { $low } to { $high }
summary-exposure-by = bounded by { $limits }
summary-exposure-open = depends also on { $parameters }
summary-exposure-depends = depends on { $parameters }
summary-exposure-unknown = not known yet
summary-exposure-at-least = at least { $low }, without a known upper bound
summary-exposure-premium = Premium of a year
summary-exposure-rate = Rate on line
summary-exposure-no-rate = not computed: the premium or the most a year can owe is open
summary-exposure-layers = Borne by the layers at most
summary-exposure-unborne = Of one event, borne by nobody at most
summary-exposure-unborne-year = Of one year, borne by nobody up to
summary-exposure-unborne-term = Of the term, borne by nobody up to
summary-exposure-layers-open = layers without a figure count as bearing everything
summary-exposure-short = short of money: { $funds }

## The page
summary-section-glance = Benefits at a glance
summary-column-cover = Cover
summary-glance-title = Table: what each cover pays
summary-glance-note = For quick reference; conditions, roles and limits are in the sections that follow.
summary-glance-combined = { $harms } { $text }
summary-amount-formal = { $amount } ({ $capitals })
summary-html-skip = Skip to the text
summary-html-contents = Contents
summary-html-cited = (art. { $a })
summary-tower-picture = Figure: losses are borne from the bottom layer upwards (heights do not show amounts)
summary-tower-described = From the bottom upwards: {""}
summary-tower-up-to = up to { $amount }

# ── calculator ──
summary-calculator-title = Calculator
summary-calculator-intro = Choose the circumstances and enter amounts to work out what one claim is paid. Limits that are shared with other claims are left out; the result is for information only, and the amount that is actually paid is decided when the claim is adjusted.
summary-calculator-unset = Nothing can be worked out for this scheme yet: the contract has to set { $parameters }
summary-calculator-by-contract = Once they are set it can, as in the summary of { $contracts }, made under this scheme.
summary-calculator-undivided = { $name } (not specified further)
summary-calculator-choose = Choose
summary-calculator-yuan = yuan
summary-calculator-yes = Yes
summary-calculator-no = No
summary-calculator-missing = Please fill in:{" "}
summary-calculator-colon = :{" "}
summary-calculator-benefit = Benefit
summary-calculator-cover = Cover
summary-calculator-decisions = Matters decided by an authority
summary-calculator-steps = How it is worked out
summary-calculator-step = Step
summary-calculator-amount = Amount
summary-calculator-article = Article
summary-calculator-refused = This cannot be worked out from what is filled in
summary-calculator-V003 = Not a date
summary-calculator-V004 = Not an amount
summary-calculator-V005 = Cannot be negative
summary-calculator-V006 = Too many decimals
summary-calculator-V007 = Too large
summary-calculator-V008 = Not a whole number
summary-calculator-V009 = Not one of the numbers allowed
summary-calculator-V010 = Not a ratio
summary-calculator-V021 = These covers both apply with different amounts, and the scheme does not rank them
summary-calculator-V022 = Above what the scheme insures
summary-calculator-V023 = Below what the scheme insures
summary-calculator-V042 = The amount depends on a decision that has not been taken
summary-calculator-reason-out-of-term = The loss lies outside the insured term; nothing is paid.
summary-calculator-reason-no-cover = No cover insures this peril; nothing is paid.
summary-calculator-reason-role = The covers for this peril do not insure this person; nothing is paid.
summary-calculator-reason-harm = The covers that apply do not pay for this harm; nothing is paid.
summary-calculator-reason-condition = A condition of the cover is not met; nothing is paid.
summary-calculator-reason-nothing = The scheme pays nothing in this case.
summary-calculator-reason-zero = By the scheme's rules the benefit comes to zero.
summary-calculator-rule-fact = Actual amount
summary-calculator-rule-amount = Fixed amount
summary-calculator-rule-per-unit = By number
summary-calculator-rule-scaled = By ratio
summary-calculator-rule-less = Less the deductible
summary-calculator-rule-up-to = Up to the limit
summary-calculator-rule-unlimited = No limit
summary-calculator-rule-at-least = At least the minimum
summary-calculator-rule-share = Share that is paid
summary-calculator-rule-round-half-up = Rounded
summary-calculator-rule-round-down = Rounded down
summary-calculator-rule-round-up = Rounded up
summary-calculator-rule-nothing = Nothing is paid
summary-calculator-rule-own-up-to = Up to the limit of this benefit
summary-calculator-rule-own-less = Less the deductible of this benefit
