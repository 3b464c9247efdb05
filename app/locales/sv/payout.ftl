# Hur pengarna betalas ut.
payout-part-title = Hur du får pengarna
payout-part-lead = Så här betalar vi ut om du får bistånd.
payout-part-payee = Till
payout-part-method = Sätt
payout-part-account = Konto hos { $bank } som slutar på
payout-part-slip = Utbetalningsavi hem till dig
payout-part-wrong = Stämmer det inte? För din säkerhet går det inte att ändra här.
payout-part-wrong-call = Ring
payout-part-wrong-write = Skriv till din handläggare.
