### Money kept whole (K)

K101 = “{ $payer }”, who bears the remainder of the split “{ $split }”, is rounded too, so nobody takes the difference
    .label = remainder to { $payer }
    .round = { $payer } is rounded as well
    .help = the remainder must go to a payer that is not rounded
K102 = the layers come to { $layers }, less than the { $owed } that one event can owe: nobody bears the rest
    .label = layers: { $layers }
    .limit = up to { $owed } owed
    .help = raise a layer, or write “shortfall pro rata”
K103 = the tower's total is { $total }, its layers come to { $layers }
    .label = total { $total }
    .help = check the total against the layers
K104 = Split “{ $split }”: of a premium of { $premium } the others come to { $others } after rounding, which leaves { $rest } to “{ $payer }”; { $from ->
        [some] from { $safe } on it is never negative
       *[none] “{ $payer }” has no share of its own, so a premium of any size may do that
    }
    .label = the remainder goes to { $payer }
    .help = Round down, or to a smaller unit; where no premium is so small, write: acknowledge K104 for { $split } "reason"
K105 = { $events } events of one year that owe { $owed } each draw { $drawn } from the fund “{ $fund }”, whose balance is { $balance }: nobody bears the rest
    .label = { $drawn } drawn from “{ $fund }”
    .fund = balance: { $balance }
    .help = write “shortfall pro rata”, bound the year by a limit, or check the balance
