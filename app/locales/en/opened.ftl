# An opened application.
opened-page = Case { $number }, { $month }
opened-title = { $name }, { $month }
opened-questions = To take a stand on
opened-questions-none = Nothing stands out. Read it through and decide.
opened-calculation = Calculation
opened-line-by-line = The calculation line by line
opened-line-by-line-link = Line by line
opened-decide = To the decision
opened-to-decision = See the decision
opened-under-review = The application is under review.
opened-hand-back = Hand the application back
opened-message = Message with the application

# At the top of every page about an application.
heading-case = case { $number }
heading-with = with { $name }
heading-children = { $count ->
    [one] one child
   *[other] { $count } children
}
heading-arrived = arrived { $at }, { $days ->
     [0] today
     [1] 1 day ago
    *[other] { $days } days ago
}
heading-caseworker = caseworker { $name }
heading-no-caseworker = no caseworker yet
heading-due = Decide by: { $day }
heading-undecided = Waits for a decision
heading-signed-document = Read what was signed
heading-decided = Decision: { $outcome }, { $day }

# The comparison.
comparison-title = Values
comparison-caption = Values from each source
comparison-none = There are no amounts in the application.
comparison-only-changes = { $count ->
    [one] Show only what has changed or is missing (hide 1 row)
   *[other] Show only what has changed or is missing (hide { $count } rows)
}
comparison-what = Value
comparison-stated = Applicant
comparison-authority = Authority
comparison-counted = In the calculation
comparison-difference = Difference
comparison-of = { $what }, { $name }
comparison-of-month = { $what }, { $month }
comparison-note = “{ $text }”
comparison-nothing = nothing
comparison-open = to be judged

# The authorities' answers. "No information" promises nothing: an authority leaves out what it may not show.
answers-title = The authorities’ answers
answers-authority = Authority
answers-answer = Answer
answers-when = When
answers-none = No authorities have been asked.
answers-content = Information
answers-waiting = waiting for an answer
answers-answered = answered
answers-nothing-found = answered, no information
answers-partly = answered in part
answers-failed = did not answer
answers-switched-off = not asked, switched off
answers-not-applicable = not asked, does not apply
answers-job-seeker = registered as a job seeker since { $day }
answers-under-way = under way: { $what }

# What went wrong on the way to an authority.
failure-unreachable = could not be reached
failure-timed-out = did not answer in time
failure-refused = answered with an error
failure-malformed = the answer could not be understood

# The household, contact and payout.
facts-household = Household
facts-household-same = The applicant says that nothing has changed.
facts-household-changed = The applicant says that something has changed
facts-contact = Contact
facts-phone = Telephone
facts-email = E-mail
facts-not-given = Not given
facts-payment = Payout goes to
method-account = account at { $bank } ending in { $ending }
method-slip = payment slip to the registered address

# What has happened and been written.
log-history = Events
log-messages = Messages
log-no-messages = No messages in the case.

# What was signed.
signed-document-title = What was signed
signed-document-reference = Reference
signed-document-text = Read what was signed
signed-document-second = Read what { $name } signed
signed-document-digest = Checksum (SHA-256)
signed-document-at = signed { $at }
signed-document-missing = signature missing
signed-document-declined = chose { $at } not to sign
signed-document-left = left the household { $at } without signing
opened-message-from = Message from { $name } with the application
facts-activity = { $name }, { $month }
