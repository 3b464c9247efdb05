# Notices.
notices-title = Notices
notices-lead = What has happened, newest first.
notices-mark = Mark all as read
notices-none = Nothing has happened yet. Here you see when an application or a message arrives.
notices-older = { $count ->
    [one] 1 older
   *[other] { $count } older
}
notices-new = New
notices-arrived = { $name } has applied for { $month }
notices-cosigned = { $name } has signed the application for { $month }
notices-declined = { $name } has chosen not to sign the application for { $month }
notices-assigned = You have been given the renewal of { $name } for { $month }
notices-proposed = A decision is proposed for { $name }, { $month }
notices-proposal-returned = Your proposal for { $name }, { $month }, has come back
notices-message = Message from { $name }: { $subject }

# A message from an applicant.
received-page = Message in case { $number }
received-title = Message from { $name }
received-text = The text
received-about = About the message
received-number = Personal identity number
received-case = Case
received-sent = Sent
received-phone = Telephone
received-open = Open the latest application
notices-proof-came = Proof has come for the application for { $month }, { $name }
