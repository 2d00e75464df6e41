### Errors of tools and files (X)

X001 = unknown argument “{ $argument }”
    .help = run anlan --help for usage
    .near = did you mean “{ $near }”?
X002 = there is no command “{ $argument }”
    .help = run anlan --help for all commands
    .near = did you mean “{ $near }”?
X003 = “{ $argument }” cannot be “{ $value }”
    .help = run anlan --help for usage
    .allowed = it can be { $allowed }
X004 = missing { $argument }
    .help = run anlan --help for usage
    .near = did you mean “{ $near }”?
    .allowed = it can be { $allowed }
X005 = “{ $argument }” cannot be used with “{ $other }”
    .help = keep one of them
    .near = did you mean “{ $near }”?
X006 = the command line is wrong: { $detail }
    .help = run anlan --help for usage

X010 = cannot find { $path }
    .help = check the path
X011 = cannot read { $path }: { $reason }
X012 = cannot write { $path }: { $reason }
X013 = { $path } is not UTF-8 text; line { $line } cannot be read
    .help = save it in UTF-8
X014 = { $path } is larger than { $cap } MB
    .help = split it into several files joined by “use”
X015 = { $path } leads out of the project
    .help = a project reads only files in its own folder; name any other on the command line
X016 = there is no .anlan file in { $path }
X018 = the file name is not UTF-8 text: { $path }

X017 = { $path } is not correct TOML: { $detail }
    .label = here
X019 = a value in { $path } is wrong: { $expected } is expected here
    .label = wrong value
X020 = unknown key “{ $key }” in { $path }
    .label = unknown
    .near = did you mean “{ $near }”?
manifest-table = a table, that is [name] and lines below it
manifest-list = a list of folders such as sources = ["."]
manifest-folder = a folder inside the project with / between its parts
manifest-severity = one of note, question, warning, error

X021 = there is no scheme in { $path }
    .help = name a file that holds a “scheme”, or a folder with it
X022 = there is more than one scheme in { $path }: { $schemes }
    .help = name one of the files
X023 = there is no contract in { $path } that implements the scheme “{ $scheme }”
    .help = a contract begins with “contract NAME implements { $scheme } {"{"} … {"}"}”
X024 = the scheme “{ $scheme }” has { $count ->
        [one] an error
       *[other] { $count } errors
    } and cannot run
    .help = see anlan check, and correct it first

X025 = there is more than one contract in { $path }: { $contracts }
    .help = write one contract in a file
X026 = this command takes one contract, and { $count } were given
    .help = eval and settle take several and choose by the date of loss; give others one at a time
X027 = the term of contract “{ $contract }” has no first and last day, so dates of loss cannot choose it
    .help = give one contract at a time; where contracts set the term, and not each policy, write its first and last day in each
X028 = the terms of contracts “{ $one }” and “{ $other }” overlap: { $from } lies in both
    .help = a claim of one day has one contract; check the terms of the two
X029 = { $path } changed while it was being settled; nothing was written
    .help = settle once the file is complete
X030 = there is no code “{ $code }”
    .help = run anlan explain for all codes
    .near = did you mean “{ $near }”?
X031 = there is no domain “{ $name }”
    .help = run anlan doc for all domains
    .near = did you mean “{ $near }”?
X032 = { $path } exists already
    .help = choose another name, or move it away first
X033 = “{ $name }” cannot be a name
    .help = a name is made of letters, Chinese characters and digits, and does not begin with a digit
X034 = standard input cannot be given together with other paths
X037 = { $bases } files of bases are given for { $contracts } contracts
    .help = one --bases holds for all contracts; of several there is one for each --contract, in the same order
X036 = the project has no framework “{ $name }”
    .help = run this in the folder of a project with anlan.toml and the framework
    .near = did you mean “{ $near }”?

X040 = { $path } would take the place of another file
    .help = write results, rejects and lines to new files of their own, none of them an input
X041 = this anlan lacks the feature files and does not read or write .{ $ending } files: { $path }
    .help = save it as .csv, or use an anlan built with the feature files (cargo build --features files)
X042 = what kind of file is { $path }?
    .help = file names end in .csv, .tsv, .jsonl, .ndjson or .json; with the feature `files` also in .parquet or .xlsx
X043 = data put aside cannot be read or written: { $reason }
    .help = where the disk is full, name another place in the environment variable TMPDIR
X044 = one run settles at most { $most } claims
X045 = column “{ $column }” of { $path } holds { $holds }, which is no text, number or date
    .help = cast the column to text (VARCHAR) when the file is written, or leave it out where no rule reads it
X046 = { $path } is no whole { $kind } file ({ $detail })
    .help = it may be cut short, protected by a password, or of another kind under this name; export it again, a spreadsheet as .xlsx
X050 = the page could not be laid out: { $reason }
    .help = use --format md
X051 = { $what ->
        [benefit] what the cover “{ $cover }” pays for { $harm }
        [limit] the limit “{ $limit }”
       *[other] an amount
    } has no integer form within the bounds, so nothing is settled or emitted
    .help = every amount must be ⌊(2(a·x+b)+d)/2d⌋ with |a| and d at most 10¹² and |b| at most 10²⁷
X052 = the folder { $path } holds other files
    .help = name an empty folder, or add --force to write over what is there
X053 = --dialect chooses the engine of sql, and { $target } has none
    .help = leave --dialect out, or name the target sql for a database script
X060 = Cannot run git: { $detail }
    .help = Reading a version as REVISION:PATH needs git
X061 = The git repository has no { $path }: { $detail }
    .help = Write REVISION:PATH with the path from the top of the repository, as in HEAD~1:policies/yunyang
