# The home page after login.
home-title = Home
home-hello = Hello { $name }
home-case = Economic assistance, case
home-caseworker = Your caseworker is { $name }.
home-next = Next step
home-next-begin = Apply for { $month }
home-next-begin-text = Open until { $until }. If nothing has changed since { $previous }, it takes about 3 minutes.
home-next-begin-first-text = Open until { $until }. It takes about 10 minutes.
home-next-begin-button = Begin
home-next-continue = Continue your application for { $month }
home-next-continue-text = Saved { $saved }. Sign no later than { $until }.
home-next-continue-button = Continue
home-next-cosign = Sign the application for { $month }
home-next-cosign-text = { $name } has signed. Now it is your turn to read and answer.
home-next-cosign-text-until = { $name } has signed. Read and answer no later than { $until }.
home-next-cosign-button = Read the application
home-next-wait = You need not do anything now
home-next-wait-text = You can apply for { $month } from { $opens }.
home-progress = Your application for { $month }
home-progress-received = Received
home-progress-signed = See what was signed
home-progress-waiting = A caseworker is going through it
home-progress-human = A human decides.
home-progress-decision = Decision: { $outcome }
home-progress-read = You read it on { $day }.
home-progress-read-now = Read the decision
home-progress-read-again = Read it again
home-progress-appeal = Appeal no later than { $until }
home-progress-payout = Payout
home-progress-payout-planned = planned for { $day }
home-progress-payout-paid = made on { $day }
home-progress-payout-stopped = stopped. Your caseworker can tell you why.
home-progress-payout-cancelled = cancelled. Your caseworker can tell you why.
home-payouts = Payouts
home-payouts-planned = Planned payout
home-payouts-made = Payouts made
home-payouts-none = You have no payouts yet.
home-payouts-all = All payouts
home-payouts-calculation = Calculation
home-payouts-decision = Decision
home-messages = Send a message
home-unread = { $count ->
    [one] 1 new
   *[other] { $count } new
}
