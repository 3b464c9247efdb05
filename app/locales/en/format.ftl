# Amounts, days and times. The spaces in amounts are hard.
format-money = { $amount } kr
format-decimal-sign = .
format-day = { $day } { $month }
format-date = { $day } { $year }
format-moment = { $day } { $time }
format-time = { $hour }:{ $minute }
format-month-of-year = { $month } { $year }
format-month = { $number ->
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
    *[12] December
}
format-short-month = { $number ->
     [1] Jan
     [2] Feb
     [3] March
     [4] April
     [5] May
     [6] June
     [7] July
     [8] Aug
     [9] Sept
     [10] Oct
     [11] Nov
    *[12] Dec
}
