# Hur pengarna betalas ut.
payout-section-slip = Utbetalningsavi hem till dig
payout-section-wrong = Stämmer det inte? För din säkerhet går det inte att ändra här. Ring
payout-short = { $bank }, slutar på
