# The inbox of cases with protected identities.
protected-title = Protected cases
protected-lead = This is what has come in to cases where somebody has a protected identity. You write why before you open a case.
protected-empty = Nothing is waiting right now.
protected-case = Case
protected-what = What has come in
protected-waiting = Application for { $month }
protected-decided = Decided application for { $month }
protected-message = New message
