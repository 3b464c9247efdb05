# Belopp, dagar och tider. Mellanrummen i belopp är hårda.
format-money = { $amount } kr
format-decimal-sign = ,
format-day = { $day } { $month }
format-date = { $day } { $year }
format-moment = { $day } { $time }
format-time = { $hour }.{ $minute }
format-month-of-year = { $month } { $year }
format-month = { $number ->
     [1] januari
     [2] februari
     [3] mars
     [4] april
     [5] maj
     [6] juni
     [7] juli
     [8] augusti
     [9] september
     [10] oktober
     [11] november
    *[12] december
}
format-short-month = { $number ->
     [1] jan
     [2] feb
     [3] mars
     [4] april
     [5] maj
     [6] juni
     [7] juli
     [8] aug
     [9] sep
     [10] okt
     [11] nov
    *[12] dec
}
