# Arbete och aktiviteter i månaden före.
activity-question = Har du sökt jobb eller varit på aktiviteter i { $month }?
activity-as-planned = Ja, som planerat
activity-partly = En del av det
activity-not-done = Nej
activity-nothing-planned = Jag ska inte söka jobb nu
activity-note = Vad, och varför?
activity-note-hint = Blev något inte av?
