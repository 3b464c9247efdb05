# Findings: what stands out, in a few words. In the inbox, in the comparison and among what to take a stand on.
finding-unchanged = Nothing changed
finding-no-previous = No earlier application
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
finding-household = Household changed
finding-contradicted = { $name } says otherwise
finding-message = With a message
finding-question-differs = { $authority } differs by { $amount } from what { $name } states.
finding-question-failed = { $authority } has not answered about { $name }.
finding-question-partly = { $authority } has answered only in part about { $name }.
finding-question-not-asked = { $authority } has not been asked about { $name }.
finding-question-judge = { $what }, { $amount }: the rules do not suffice, you decide.
finding-question-age = { $name } can be { $ages }: the number does not tell the whole day of birth. Ask for the age and set the amount.
finding-question-household = The household has changed, according to the applicant.
finding-question-left = { $name } was in the household when the application was signed and is no more. The calculation is made without { $name }.
finding-question-payee = The payment would go somewhere else than the household has signed. It takes two to decide.
finding-question-signature-missing = { $name } has not signed.
finding-question-signature-declined = { $name } has chosen not to sign.
finding-no-certificate = Ill, no certificate
finding-episodes = Tells of their month
finding-question-certificate-later = { $name } has been ill { $from } to { $to } and is to send the certificate.
finding-question-certificate-none = { $name } has been ill { $from } to { $to } and has no medical certificate.
finding-question-contradicted = { $name } states other incomes or expenses of their own than the one who began the application. The calculation uses what { $name } states. Read both texts.
finding-question-signer-left = { $name } has left the household and does not sign.

# Events.
event-received = The application arrived
event-signed = { $name } signed
event-declined = { $name } chose not to sign
event-left = { $name } left the household without signing
event-asked = { $authority } was asked about { $name }
event-asked-several = { $count } authorities were asked about { $name }
event-opened = Opened the application
event-began-review = Began to review
event-handed-back = Handed the application back
event-proposed-decision = Proposed a decision
event-returned-proposal = Handed the proposal back
event-message = { $name } sent a message
event-decided = Decided: { $outcome }
event-payout-planned = Payout of { $amount } planned for { $day }
finding-disputed = { $count ->
    [one] One figure is said to be wrong
   *[other] { $count } figures are said to be wrong
}
finding-question-disputed = { $name } writes that { $what }, { $amount }, is wrong. Read why beside the authority’s figure, and decide what is to count.
