### Help and output of the command line

help-usage = Usage:
help-usage-options = [OPTIONS]
help-commands = Commands:
help-arguments = Arguments:
help-options = Options:

value-OLD = OLD
value-NEW = NEW
value-DIFF_FORMAT = FORMAT
value-COMMAND = COMMAND
value-LANG = zh|en
value-PATH = PATH
value-FILE = FILE
value-OUT = FILE
value-SCHEME = SCHEME
value-DECISION = DECISION
value-CLAIM = CLAIM
value-CLAIMS = CLAIMS
value-AMOUNT = AMOUNT
value-ENCODING = ENCODING
value-CODE = CODE
value-NAME = NAME
value-TARGET = TARGET
value-DIR = DIR
value-DOMAIN = DOMAIN
value-ENGINE = ENGINE
value-FORMAT = FORMAT
value-RESULT_FORMAT = FORMAT
value-SUMMARY_FORMAT = FORMAT
value-QUESTIONS_FORMAT = FORMAT
value-LEVEL = LEVEL

command-anlan = Anlan: a language and compiler for public disaster-insurance schemes
    .lang = Language to use (zh, en); by default that of the system, else Chinese
    .help = Show help
    .version = Show the version

command-check = Check schemes, frameworks and contracts
    .paths = Files or folders; the current folder by default
    .format = human, short, json, sarif or github; human by default
    .deny = Besides errors, warnings or questions fail the check; may be repeated

command-test = Run the examples in the files
    .paths = Files or folders; the current folder by default
    .format = human or json; human by default

command-fmt = Lay files out in the one layout
    .paths = Files or folders; the current folder by default; - is from standard input to standard output
    .keywords = Turn keywords into Chinese (zh) or English (en)
    .check = Change nothing, list the files whose layout differs

command-eval = Compute one claim: amounts, steps, articles
    .scheme = The scheme's file, or a folder that holds one scheme
    .contract = A file with a contract that implements the scheme; several are chosen by date of loss
    .decide = A decision taken: NAME[@KEY][=VALUE]; may be repeated
    .claim = A JSON object, or a file that holds one
    .bases = persons and households of each region: region,persons,households; may be repeated, one for each contract
    .explain = List every step with its article
    .format = human or json; human by default

command-settle = Settle a file of claims: benefits, limits, allocation, shares
    .scheme = The scheme's file, or a folder that holds one scheme
    .claims = The claims: CSV, TSV, JSON Lines, JSON, Parquet or XLSX by the ending
    .contract = A file with a contract that implements the scheme; several are chosen by date of loss
    .decide = A decision taken: NAME[@KEY][=VALUE]; may be repeated
    .out = The results, one row a claim
    .rejects = Rejected rows with their reasons
    .bases = Persons and households by region: region,persons,households; may be repeated, one for each contract
    .earlier = What earlier batches paid
    .events = Facts of events, by event; fills what claims leave blank
    .exposures = Facts of households, policies or dwellings, by household, policy or dwelling; fills what claims leave blank
    .lines = Details, one row for each claim and cover
    .encoding = Encoding of claims, events and exposures: utf-8 or gb18030; utf-8 by default
    .format = form of the closing figures: human or json; default human

command-fund = Compute premium and subsidy by region and payer
    .scheme = The scheme's file, or a folder that holds one scheme
    .contract = A file with a contract that implements the scheme
    .decide = A decision taken: NAME[@KEY][=VALUE]; may be repeated
    .bases = Persons and households by region: region,persons,households
    .format = human or json; human by default

command-layer = Compute which layers bear the loss of one event
    .scheme = The scheme's file, or a folder that holds one scheme
    .contract = A file with a contract that implements the scheme
    .decide = A decision taken: NAME[@KEY][=VALUE]; may be repeated
    .loss = The loss, such as 120亿元, or a number of yuan
    .bases = Bases of the premium, needed where a layer is a multiple of it
    .format = human or json; human by default

command-exposure = Compute the most that the scheme can owe, against premium, layers and funds
    .scheme = The scheme's file, or a folder that holds one scheme
    .contract = A file with a contract that implements the scheme
    .decide = A decision taken: NAME[@KEY][=VALUE]; may be repeated
    .bases = Bases of the premium; without them, the total or bases that the file itself states
    .format = human or json; human by default

command-audit = Test covenants against reported figures
    .scheme = The scheme's file, or a folder that holds one scheme
    .contract = A file with a contract that implements the scheme
    .figures = The file of reported figures
    .format = human or json; human by default

command-summary = Write the document that people read
    .scheme = The scheme's file, or a folder that holds one scheme
    .contract = A file with a contract that implements the scheme
    .format = md; md by default
    .out = Write to a file; standard output by default

command-questions = List the decisions still to take, as a questionnaire for the drafter
    .scheme = A scheme file, or a folder that holds one scheme
    .contract = A file with a contract that implements the scheme
    .format = human, json or md; human by default

command-diff = Compare the meaning of two versions: whose benefits change and by how much, limits, shares, duties and the rest
    .old = The old version: a scheme's file or folder, or git's REVISION:PATH
    .new = The new version, likewise
    .at = The file of the project whose texts OLD and NEW are (for git); imports are read from its project
    .contract = A file with a contract that implements the scheme, for both versions
    .claims = Settle these claims under both versions and compare
    .bases = Bases of the premium (CSV), where a limit is a multiple of it
    .decide = A decision taken while the claims arose: NAME[@KEY][=VALUE]; may be repeated; each version takes those it knows
    .encoding = Encoding of the claims file: utf-8 or gb18030; utf-8 by default
    .format = md, html or json; md by default
    .out = Write to a file; standard output by default

command-explain = Explain one code with a wrong and a right example; without a code, list all
    .code = A code such as L104

command-emit = Write the scheme in another language or form
    .target = ir (the scheme over integers), json-schema (the claim record), python, rust, sql, typescript, or vectors (examples and boundary claims)
    .scheme = A scheme file, or a folder that holds exactly one scheme
    .contract = A file with a contract that implements the scheme
    .out = Folder to write; empty, or written by this command
    .force = Write even if the folder holds other files
    .dialect = Engine of sql: duckdb, postgres or spark; duckdb by default
emit-done = wrote { $count } files to { $path }

command-new = Begin a scheme from a well-commented template
    .name = Name of the scheme and of its folder
    .framework = Name of the framework it conforms to

command-doc = List the domains of the standard library with their ids and names
    .domain = Only this domain, such as peril or 灾因
    .format = human or json; human by default

check-units = { $schemes ->
        [one] 1 scheme
       *[other] { $schemes } schemes
    }, { $frameworks ->
        [one] 1 framework
       *[other] { $frameworks } frameworks
    }, { $contracts ->
        [one] 1 contract
       *[other] { $contracts } contracts
    }
check-counts = errors { $errors }, warnings { $warnings }, questions { $questions }, notes { $notes }; acknowledged { $acknowledged }, assumptions { $assumptions }
check-of-code = { $count } × { $code }
check-acknowledged = acknowledged: { $codes }

fmt-changed = laid out: { $path }
fmt-differs = layout differs: { $path }
fmt-refused = left unchanged because of syntax errors: { $path }

questions-title = { $scheme }: questions to the drafter
questions-head = { $scheme }: { $count ->
    [one] one question is open.
   *[other] { $count } questions are open.
}
questions-none = { $scheme }: no question is open.
questions-why = matters because: { $text }
questions-answer = { $letter }. { $answer }: write “{ $clause }”
questions-articles = articles: { $text }
questions-place = at: { $text }
questions-silent = Where the document is silent, choose all the same and add: assume "reason".

explain-index = { $code }  { $severity }  { $message }
new-made = Made { $path }. Next:
new-next = anlan check { $path }

type-money = money
type-count = count
type-ratio = ratio
type-date = date
type-text = text
type-yes-no = yes or no
type-number = number
type-area = area
doc-facts = columns of a claim
doc-areas = areas (use areas)
doc-units = units
doc-domain = domain { $id } { $name } (use { $import })
doc-domain-core = domain { $id } { $name } (no import needed)
doc-aliases = also { $text }
doc-code = code { $text }
## Reports on premium, layers and covenants
fund-title = { $scheme }: premium and who pays it
fund-region = region
fund-premium = premium
fund-total = total
fund-unit = Amounts in yuan.
layer-title = { $scheme }: who bears an event loss of { $loss }
layer-name = layer
layer-width = width
layer-amount = bears
layer-unpaid = unpaid
layer-sum = loss
layer-ratio = Paid in proportion: { $ratio }
audit-title = { $scheme }: covenants
audit-none = The scheme has no covenants.
audit-kept = kept      { $name }: reported { $figure }, required { $compare } { $bound }
audit-broken = broken    { $name }: reported { $figure }, required { $compare } { $bound }
audit-departed = departed  { $name }: reported { $figure }, in principle { $compare } { $bound }
audit-not-reported = missing   { $name }: “{ $figure }” was not reported
audit-unset = open      { $name }: parameter “{ $parameter }” has no value; give the contract with --contract
audit-circular = open      { $name }: metric “{ $metric }” reads itself
audit-too-large = open      { $name }: a number leaves the range of exact arithmetic
audit-metric = metric    { $name } = { $value }
audit-unread = note      no covenant and no metric reads “{ $figure }”
audit-unread-near = note      no covenant and no metric reads “{ $figure }”; did you mean “{ $near }”?

exposure-title = { $scheme }: the most that can be owed
exposure-scope = Scope
exposure-most = At most
exposure-by = Bounded by
exposure-unlimited = unlimited
exposure-unreported = not reported
exposure-claim = Per claim
exposure-person = Per person and event (harm to persons)
exposure-household = Per household and event (harm to things)
exposure-event = Per event
exposure-year = Per insured year
exposure-term = In the whole term
exposure-not-decided = { $scope }: limits cut across one another and this is not decided; the first amount is reached, the second never exceeded
exposure-open = { $scope }: also depends on { $parameters }
exposure-premium-open = the total premium
exposure-premium = Premium of a year: { $premium }
exposure-rate = Premium over the most, { $scope }: { $ratio }
exposure-borne = The layers bear at most { $layers }; of one event nobody bears up to { $unborne }
exposure-unborne = { $scope }{ $events ->
        [-1] , as many events as one likes
        [one] , one event at its most
       *[other] , { $events } events at their most
    }: nobody bears { $unborne }{ $count ->
        [0] { "" }
       *[other] ; short of money: { $funds }
    }{ $open ->
        [some] { " " }(layers without a figure count as bearing everything)
       *[none] { "" }
    }
exposure-fund = Balance of the fund “{ $fund }”: { $amount }
