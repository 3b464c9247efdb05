# Findings: what stands out, in a few words. In the inbox, in the comparison and among what to take a stand on.
finding-unchanged = Nothing changed
finding-differs = { $authority } differs by { $amount }
finding-difference = Differs by { $amount }
finding-raised = { $what } +{ $amount }
finding-lowered = { $what } −{ $amount }
finding-changed-up = Changed +{ $amount }
finding-changed-down = Changed −{ $amount }
finding-new = New
finding-gone = Gone
finding-new-income = New income { $amount }
finding-new-expense = New expense { $amount }
finding-failed = { $authority } did not answer
finding-partly = { $authority } answered in part
finding-not-asked = { $authority } not asked
finding-cell-failed = did not answer
finding-cell-partly = answered in part
finding-cell-not-asked = not asked
finding-cell-waiting = waiting for an answer
finding-disputed = { $count ->
    [one] 1 value is wrong
   *[other] { $count } values are wrong
}
finding-household = Household changed
finding-contact = Contact details changed
finding-message = With a message
finding-signature-missing = Signature missing
finding-signature-declined = Co-applicant has declined
finding-question-differs = { $authority } differs by { $amount } from what { $name } states.
finding-question-disputed = { $name } states that { $what } from { $authority } is wrong.
finding-question-failed = { $authority } has not answered about { $name }.
finding-question-partly = { $authority } has answered only in part about { $name }.
finding-question-not-asked = { $authority } has not been asked about { $name }.
finding-question-judge = { $what }, { $amount }: the rules do not suffice, you decide.
finding-question-household = The household has changed, according to the applicant.
finding-question-signature-missing = { $name } has not signed.
finding-question-signature-declined = { $name } has chosen not to sign.

# Events.
event-received = The application arrived
event-signed = { $name } signed
event-declined = { $name } chose not to sign
event-asked = { $authority } was asked about { $name }
event-opened = Opened the application
event-message = { $name } sent a message
event-decided = Decided: { $outcome }
event-payout-planned = Payout of { $amount } planned for { $day }
event-paid = { $amount } was paid out
