# Work and activities in the month before.
activity-question = Have you looked for work or taken part in activities in { $month }?
activity-as-planned = Yes, as planned
activity-partly = Some of it
activity-not-done = No
activity-nothing-planned = I am not to look for work now
activity-note = What, and why?
activity-note-hint = Was something not done?
