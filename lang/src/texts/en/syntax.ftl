### Syntax (S). For each code: the message, .label (primary place), .help (optional) and attributes for further places.

S001 = this cannot be understood
    .label = not understood from here on
