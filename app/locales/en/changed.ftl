# What has changed since the month before.
changed-title = What has changed since { $previous }?
changed-lead = Choose what has changed. The rest stays as it is.
changed-question = This has changed
changed-household = The household, or how to reach you
changed-activity = Work, studies, illness or activities
changed-incomes = My incomes
changed-expenses = My expenses
changed-message = I want to write to my caseworker
