# All payouts.
payouts-title = Payouts
payouts-planned = Planned payouts
payouts-past = Past payouts
payouts-none-planned = No payout is planned.
payouts-none-past = You have no payouts yet.
payouts-stopped = stopped
payouts-cancelled = cancelled
payouts-benefit = { $benefit } for { $month }
payouts-of = of the payout { $day }
