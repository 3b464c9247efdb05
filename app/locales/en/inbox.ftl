# The inbox.
inbox-title = Inbox
inbox-lead = Oldest first.
inbox-tabs = Selection
inbox-tab-mine = Mine { $count }
inbox-tab-unassigned = Unassigned { $count }
inbox-tab-proposed = Proposed { $count }
inbox-tab-all = All { $count }
inbox-tab-decided = Decided { $count }
inbox-caption-mine = My applications, oldest first
inbox-caption-unassigned = Applications without a caseworker, oldest first
inbox-caption-proposed = Renewals where a colleague has proposed a decision, oldest first
inbox-caption-all = All applications that wait for a decision, oldest first
inbox-caption-decided = Applications with a decision
inbox-empty-mine = You have no applications that wait for a decision.
inbox-empty-unassigned = Every application has a caseworker.
inbox-empty-proposed = No proposals from colleagues await a decision.
inbox-empty-all = No applications wait for a decision.
inbox-empty-decided = No decisions have been made lately.
inbox-due = Decide by
inbox-no-due = No day set
inbox-decision = Decision
inbox-decided = { $outcome }, { $day }
inbox-unread = Not read by { $name }
inbox-applicants = Applicants
inbox-case = case { $number }
inbox-month = For
inbox-signed = Signed by
inbox-missing = { $name } is missing
inbox-proposed = { $name } proposes a decision
inbox-declined = { $name } has declined
inbox-caseworker = Caseworker
inbox-nobody = nobody yet
inbox-arrived = Arrived
inbox-age = { $days ->
     [0] today
     [1] 1 day ago
    *[other] { $days } days ago
}
inbox-findings = Findings

# The day to decide by.
due-today = today
due-tomorrow = tomorrow
due-passed = late, { $day }

# Signatures as the caseworker sees them.
signing-valid = { $name }: valid signature
signing-missing = { $name }: signature missing
signing-declined = { $name }: has chosen not to sign
signing-left = { $name }: has left the household
