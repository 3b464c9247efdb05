# How the money is paid.
payout-section-title = How you get the money
payout-section-lead = This is how we pay if you get assistance.
payout-section-payee = To
payout-section-method = Way
payout-section-account = Account at { $bank } ending in
payout-section-slip = Payment slip sent to your home
payout-section-wrong = Is it wrong? For your safety it cannot be changed here.
payout-section-wrong-call = Call
