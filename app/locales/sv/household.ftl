# Kontaktuppgifter och hushåll.
household-title = Du och ditt hushåll
household-members = Hushållet
household-address = Adress
household-question = Stämmer det här?
household-same = Ja, inget har ändrats
household-changed = Nej, något har ändrats
household-change = Vad har ändrats?
household-change-hint = Fyll bara i om du svarade nej. Skriv till exempel att någon har flyttat in eller ut, och när.
household-contact = Så når vi dig
household-contact-hint = Dit ringer din handläggare om något är oklart.
household-phone = Telefon
household-email = E-post

# Vad någon i hushållet är till den som söker.
household-role-applicant = sökande
household-role-co-applicant = medsökande
household-role-child = barn
household-role-part-time-child = barn, bor här { $days } dagar i månaden
household-role-youth = går i gymnasiet
household-role-shares-home = delar bostad
