## The difference of two versions
diff-title = { $title }: changes in meaning
diff-verdict-title = Verdict
diff-same = No change in meaning.
diff-same-but-names = No change in meaning; only names changed.
diff-benefits-same = The benefits of single claims did not change.
diff-over-budget = The diagrams exceed the budget of { $budget } nodes; changed benefits were not worked out.
diff-loses = Losing: { $count } { $count ->
    [one] kind of claim
   *[other] kinds of claims
 }, at most { $most } less ({ $who })
diff-loses-open = Losing: { $count } { $count ->
    [one] kind of claim
   *[other] kinds of claims
 }, without an upper bound ({ $who })
diff-gains = Gaining: { $count } { $count ->
    [one] kind of claim
   *[other] kinds of claims
 }, at most { $most } more ({ $who })
diff-gains-open = Gaining: { $count } { $count ->
    [one] kind of claim
   *[other] kinds of claims
 }, without an upper bound ({ $who })
diff-others = { $count } other { $count ->
    [one] change
   *[other] changes
 }: { $titles }
diff-findings-count = Findings of the check: { $gone ->
    [0] { $appear } new
   *[other] { $appear ->
        [0] { $gone } gone
       *[other] { $appear } new, { $gone } gone
    }
 }
diff-all-claims = all claims
diff-decided = with { $decision }
diff-taken = { $name } ({ $value })
diff-undecided = without { $decision }
diff-present = with { $fact }
diff-absent = without { $fact }
diff-yes = { $fact } is yes
diff-no = { $fact } is no
diff-fact-range = { $fact } { $range }
diff-except = all but { $values }
diff-unknown = not known
diff-nothing = nothing
diff-refused = cannot be assessed
diff-highest = the highest of { $amounts }
diff-unranked = { $amounts }; cannot be assessed where they differ
diff-highest-unranked = the highest of { $amounts }; cannot be assessed where those that are not ranked differ
diff-together = { $amounts } together
diff-up-to = up to { $amount }
diff-less = less { $amount }
diff-at-least = at least { $amount }
diff-share = share { $ratio }
diff-round = rounded to { $unit }
diff-units = { $fact } (at most { $most })
diff-same-money = the same money
diff-not-decided = depends on amounts that are not set
diff-open = { $sign }without bound
diff-at-most = up to { $change }
diff-region-cover-added = Covers added
diff-region-cover-removed = Covers removed
diff-region-peril-added = Perils newly covered
diff-region-peril-removed = Perils no longer covered
diff-region-person-added = Persons newly covered
diff-region-person-removed = Persons no longer covered
diff-region-widened = Wider: paid now, not before
diff-region-narrowed = Narrower: paid before, not now
diff-region-amount = Benefits changed
diff-region-moved = Paid by another cover, the same money
diff-cover-silent = changes no claim's benefit
diff-kind-cover = cover
diff-kind-schedule = schedule
diff-kind-limit = limit
diff-kind-insurer = insurer
diff-kind-decision = decision
diff-kind-parameter = parameter
diff-kind-fund = fund
diff-kind-fact = fact
diff-renamed-title = Renamed
diff-renamed = { $kind } { $old } is now { $new }
diff-renamed-name = “{ $english }” ({ $name })
diff-findings-title = Findings of the check
diff-finding-appears = new { $code }: { $message }
diff-finding-acknowledged = new and acknowledged { $code }: { $message }
diff-finding-gone = gone { $code }: { $message }
diff-labelled = { $label }: { $text }
diff-item-changed = { $old } → { $new }
diff-item-added = added: { $new }
diff-item-removed = removed: { $old }
diff-these-claims = { $count } { $count ->
    [one] kind of claim
   *[other] kinds of claims
 }
diff-run = { $first } to { $last }
diff-colon = :{" "}
diff-column-case = Case
diff-folded = { $count } more
diff-witness = Example: { $claim }: old { $old }, new { $new }
diff-example = Example
diff-not-run = cannot be assessed
diff-covers = Covers
diff-range = Differs for:
diff-absent-side = none
diff-column-what = What
diff-column-old = Old
diff-column-new = New
diff-column-change = Change
diff-claims-title = Real claims
diff-claims-count = { $rows } { $rows ->
    [one] claim
   *[other] claims
 }, of which { $changed } { $changed ->
    [one] is
   *[other] are
 } paid otherwise: { $losing } less, { $gaining } more
diff-claims-rejected = Rejected: { $old } by the old version, { $new } by the new one
diff-claims-total = Paid in all
diff-claims-cover = Cover: { $name }
diff-claims-region = Region: { $name }
diff-claims-loss = Less: claim { $claim }
diff-claims-gain = More: claim { $claim }
diff-list-mark = ,{" "}
diff-then = ;{" "}
