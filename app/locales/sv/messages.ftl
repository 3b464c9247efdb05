# Meddelanden.
messages-title = Skicka meddelande
messages-lead = Handläggarna i ditt ärende läser det.
messages-lead-to = { $name } är din handläggare och läser det.
messages-past = Dina meddelanden
messages-lead-past = Här står det du har skrivit till oss. Du har inget pågående ärende att skriva i.
messages-subject = Vad gäller det?
messages-body = Ditt meddelande
messages-body-hint = Vill du boka ett möte? Skriv vilka dagar och tider som passar.
messages-send = Skicka meddelandet
messages-thread = Tidigare meddelanden
messages-none = Det finns inga än.
messages-from-you = Du

# Vad ett meddelande gäller.
subject-question = En fråga
subject-meeting = Boka ett möte
subject-changed = Något har ändrats
subject-other = Något annat
subject-moved-apart = Vi har flyttat isär
subject-not-moved-apart = Vi har inte flyttat isär

# Fel i ett meddelande.
error-subject-missing = Välj vad det gäller.
error-body-missing = Skriv ditt meddelande.
