# Alla utbetalningar.
payouts-title = Utbetalningar
payouts-planned = Planerade utbetalningar
payouts-past = Utförda utbetalningar
payouts-none-planned = Ingen utbetalning är planerad.
payouts-none-past = Du har inga utbetalningar än.
payouts-stopped = stoppad
payouts-cancelled = makulerad
payouts-benefit = { $benefit } för { $month }
payouts-of = för utbetalningen { $day }
