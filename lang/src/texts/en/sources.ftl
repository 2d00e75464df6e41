### Sources (R)

R101 = article “{ $article }” is cited, but the document's list of articles does not have it
    .label = not in the list
    .list = the list of articles
    .help = { $nearest ->
        [none] check the number, or add it to the list
       *[other] is it “{ $nearest }”?
    }
R102 = article “{ $article }” is neither written as a rule nor explained
    .label = not accounted for
    .help = write “@{ $article }” behind the rule; if it holds no rule, write: prose @{ $article } "reason"
R103 = article “{ $article }” is cited as the source of a rule and also explained as holding none
    .label = said to hold no rule
    .encoded = cited here
    .help = take it out of “prose”, or take the citation away
R104 = the document “{ $document }” has no list of articles, so nobody can tell whether each is accounted for
    .label = which articles does it have?
    .help = write “articles @… @…”
    .why = without the list of articles, nobody sees which one was left out
    .answer1 = list them
    .clause1 = articles @一 @二
R105 = article “{ $article }” stands more than once in the list
    .label = again
    .help = if the document repeats the number, write the second as “@{ $article }#2”
R106 = the document prints the article number “{ $article }” more than once
    .label = another “{ $article }”
    .first = the one before
    .help = by its number alone nobody can tell which is meant; have the document corrected, or accept it: acknowledge R106 for { $article } "reason"
R107 = the article numbers have a gap: after “{ $before }” comes “{ $after }”, without { $missing }
    .label = a number is missing before this one
    .before = the one before
    .help = if the list left it out, add it; if the document did, write: acknowledge R107 for { $after } "reason"
R108 = the text of “{ $article }” was not at hand, yet { $count ->
        [one] one rule gives
       *[other] { $count } rules give
    } it as their source, and nobody can compare them
    .label = its text was not at hand
    .cited = gives it as its source
    .help = get the text and compare; to accept it for now, write: acknowledge R108 for { $article } "reason"
R109 = { $article } says two amounts for { $harm }: { $other } by “{ $base }” and { $amount } by “{ $schedule }”. Which one counts?
    .label = { $amount }
    .base = { $other }
    .help = take the wrong one out; if both hold, each for its own case, add: assume R109 "reason"
    .why = where the text and the table of one article differ, the benefit depends on which is followed
    .answer1 = this line counts
    .clause1 = assume R109 "<which one counts, and why>"
