# Hur pengarna betalas ut.
payout-section-title = Hur du får pengarna
payout-section-lead = Så här betalar vi ut om du får bistånd.
payout-section-payee = Till
payout-section-method = Sätt
payout-section-account = Konto hos { $bank } som slutar på
payout-section-slip = Utbetalningsavi hem till dig
payout-section-wrong = Stämmer det inte? För din säkerhet går det inte att ändra här.
payout-section-wrong-call = Ring
