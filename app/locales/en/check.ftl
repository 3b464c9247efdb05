# Check and sign.
check-title = Check and sign
check-lead = Application for { $month }. Sign by { $until }.
check-error = { $section }: { $message }
check-changes = Changed since { $month }
check-changes-none = Your own incomes and expenses are as in { $month }.
check-change-gone = Gone
check-change-before = in { $month }
check-change-new = Was not there in { $month }
check-change-number = difference { $number }, { $what }
check-edit = Change
check-what-incomes = your own incomes
check-what-expenses = your own expenses
check-what-household = what you told about you and your household
check-details = Your details
check-payout = The money
check-what-activity = the answer about work and activities
check-what-message = the message
check-household-same = Nothing has changed
check-household-changed = Something has changed
check-authorities = From the authorities
check-see = See all
check-what-authorities = answers from the authorities
check-rows = { $count ->
    [one] 1 item
   *[other] { $count } items
}
check-as-before = As before: { $what }
check-not-given = Not given
check-none = None
check-preliminary = Preliminary calculation
check-line-by-line = Line by line
check-signatures = Signatures
check-sign = Sign with eID
check-sign-again = Sign again
check-interrupted = The signing was not finished
check-interrupted-text = Nothing has been sent. All that you have written is still here.
check-not-used = Your signature was not used
check-not-used-text = The application had changed since you went to sign. Read it through and sign again.

# Each person who signs.
signers-you = You
signers-after-you = After you
signers-own-eid = signs with their own eID
signers-waiting = Waiting
signers-signed = Has signed
signers-declined = Has declined
signers-left = No longer part of it
check-payable = About this much, by the rules. A human decides.
check-nothing-payable = By the rules the incomes are enough. You can still apply. A human decides.
check-open = { $count ->
    [one] One row only a caseworker can judge. It is not in the amount.
   *[other] { $count } rows only a caseworker can judge. They are not in the amount.
}
