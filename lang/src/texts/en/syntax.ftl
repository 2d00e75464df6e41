### Syntax (S). Each code: message, .label (primary place), .help (optional), and the attributes of other places.

S001 = after “{ $context }” expected { $expected }, found { $found }
    .label = expected { $expected } here
    .suggest = did you mean “{ $nearest }”?
    .covers = by covers: “over covers A, B”; by a fact: “only liable not found”
    .base = how many there are is written “= 60万人”; “counts 人” says whether persons or households are counted
    .one = one “fact” declares one fact: write another “fact …” for each of the others

S002 = { $found } cannot stand here
    .label = not known, or not allowed here
    .help = here may stand: { $allowed }
    .suggest = did you mean “{ $nearest }”?

S003 = unclosed brace
    .label = this “{"{"}” has no “{"}"}”
    .help = add “{"}"}” at the end of this block

S004 = a closing brace too many
    .label = no “{"{"}” belongs to it
    .help = delete it, or add “{"{"}” before

S005 = unclosed quotation mark
    .label = this text does not end on its line
    .help = close the text; a text stays on one line

S006 = text stands between "…" or “…”
    .label = these marks are wrong or do not pair
    .help = write { $fixed }

S007 = full-width letters in “{ $found }”
    .label = in half width: { $half }

S008 = there are no “/* … */” comments
    .label = not read
    .help = a comment follows “//” to the end of its line

S009 = the file is too large; a file may have 4 MB
    .label = the file begins here and was not read

S010 = braces or parentheses nest too deeply; { $most } levels are allowed
    .label = not read from here

S011 = “{ $item }” is repeated
    .label = written again
    .first = first written here

S012 = no such { $what }: { $found }
    .label = please check

S013 = no article after “@”
    .label = write it as @四（一）, without a blank

S014 = a comma is missing between the items of a list
    .label = add one before “{ $found }”

S015 = a name is written without quotation marks
    .label = expected { $expected }, without quotation marks
    .help = write { $fixed }

S016 = unknown character “{ $found }”
    .label = character code { $code }
    .help = delete it, or check the input method and font

S017 = the formatted text would read differently, so the file was left alone
    .label = differs from here
    .help = this is a defect of the program; please report this file

S018 = numbers are written in digits
    .label = write { $fixed }

S019 = “{ $item }” is written twice
    .label = written again
    .first = first written here
    .help = delete one of them; if the second should be another one, correct it

S020 = no item follows the comma
    .label = nothing follows
    .help = add the item that is missing; if none is, delete the comma

## What is expected

expect-top = a scheme, framework, contract or library item
expect-name = a name
expect-amount = an amount or ratio, such as 10万元 or 20%
expect-quantity = a number with its unit, such as 3 years or 72 hours
expect-number = a number, such as 3
expect-date = a date, such as 2023-11-27
expect-text = text in quotation marks, such as "…"
expect-article = an article, such as @四（一）
expect-peril = a peril, such as flood
expect-harm = a harm, such as death
expect-body = a body, such as 县应急管理局
expect-area = an area, such as 云阳县
expect-fact = a fact, such as liable
expect-cover = the name of a cover
expect-value = a value, such as not_found
expect-column = a column name
expect-payer = a payer, such as 县财政
expect-decision = the name of a decision
expect-key = a key, such as per person per event
expect-brace = “{"{"}”
expect-close-paren = “)”
expect-equals = “=”
expect-colon = “:”
expect-comparison = a comparison, such as >= or <=
expect-condition = a condition, such as liable is not_found
expect-kind = a type: money, count, ratio, date, text, yes or no, or a domain
expect-file-name = a file name, such as chongqing.framework
expect-field-value = a value: a name, number, date or quoted text
expect-same-person = heaviest or heaviest raised one grade
expect-month-day = month and day, such as 06-30
expect-one-of = { $allowed }

found-end-of-line = the end of the line
found-end = the end of the block
found-end-of-file = the end of the file

what-date = date
what-number = number (too large or too fine)
