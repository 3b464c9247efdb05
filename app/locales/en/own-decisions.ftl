# Every decision that the person may read.
own-decisions-title = Decisions
own-decisions-none = You have no decisions yet.
own-decisions-one = Application for { $month }: { $outcome }
own-decisions-appeal = You can appeal until { $until }.
own-decisions-signed = Your application for { $month }
