# How the money is paid.
payout-part-title = How you get the money
payout-part-lead = This is how we pay if you get assistance.
payout-part-payee = To
payout-part-method = Way
payout-part-account = Account at { $bank } ending in
payout-part-slip = Payment slip sent to your home
payout-part-wrong = Is it wrong? For your safety it cannot be changed here.
payout-part-wrong-call = Call
payout-part-wrong-write = Write to your caseworker.
