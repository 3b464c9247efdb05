# How the money is paid.
payout-section-slip = Payment slip sent to your home
payout-section-wrong = Is it wrong? For your safety it cannot be changed here. Call
payout-short = { $bank }, ending in
