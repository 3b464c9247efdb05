# Vad som har ändrats sedan månaden före.
changed-title = Vad har ändrats sedan { $previous }?
changed-lead = Välj det som har ändrats. Resten står kvar som det är.
changed-question = Det här har ändrats
changed-household = Hushållet, bostaden eller hur du nås
changed-activity = Jobb, studier, sjukdom eller aktiviteter
changed-incomes = Mina inkomster
changed-expenses = Mina utgifter
changed-message = Jag vill skriva till min handläggare
