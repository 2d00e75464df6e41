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
