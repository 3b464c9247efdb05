# En öppnad ansökan.
opened-page = Ärende { $number }, { $month }
opened-title = { $name }, { $month }
opened-questions = Att ta ställning till
opened-questions-none = Inget sticker ut. Läs igenom och besluta.
opened-calculation = Beräkning
opened-line-by-line = Beräkningen rad för rad
opened-line-by-line-link = Rad för rad
opened-decide = Till beslut
opened-to-decision = Se beslutet
opened-under-review = Ansökan är under handläggning.
opened-hand-back = Lämna tillbaka ansökan
opened-message = Meddelande med ansökan

# Överst på varje sida om en ansökan.
heading-case = ärende { $number }
heading-with = med { $name }
heading-children = { $count ->
    [one] ett barn
   *[other] { $count } barn
}
heading-arrived = kom in { $at }, { $days ->
     [0] i dag
     [1] för 1 dag sedan
    *[other] för { $days } dagar sedan
}
heading-caseworker = handläggare { $name }
heading-no-caseworker = ingen handläggare än
heading-due = Besluta senast: { $day }
heading-undecided = Väntar på beslut
heading-signed-document = Läs det som skrevs under
heading-decided = Beslut: { $outcome }, { $day }

# Jämförelsen.
comparison-title = Uppgifter
comparison-caption = Uppgifter från varje källa
comparison-none = Det finns inga belopp i ansökan.
comparison-only-changes = { $count ->
    [one] Visa bara det som ändrats eller saknas (göm 1 rad)
   *[other] Visa bara det som ändrats eller saknas (göm { $count } rader)
}
comparison-what = Uppgift
comparison-stated = Sökande
comparison-authority = Myndighet
comparison-counted = I beräkningen
comparison-difference = Skillnad
comparison-of = { $what }, { $name }
comparison-of-month = { $what }, { $month }
comparison-note = ”{ $text }”
comparison-nothing = inget
comparison-open = att avgöra

# Myndigheternas svar. "Inga uppgifter" lovar inget: en myndighet utelämnar det som den inte får visa.
answers-title = Myndigheternas svar
answers-authority = Myndighet
answers-answer = Svar
answers-when = När
answers-none = Inga myndigheter är tillfrågade.
answers-content = Uppgifter
answers-waiting = väntar på svar
answers-answered = svarade
answers-nothing-found = svarade, inga uppgifter
answers-partly = svarade delvis
answers-failed = svarade inte
answers-switched-off = inte tillfrågad, avstängd
answers-not-applicable = inte tillfrågad, gäller inte
answers-job-seeker = inskriven som arbetssökande sedan { $day }
answers-under-way = pågår: { $what }

# Vad som gick fel på vägen till en myndighet.
failure-unreachable = gick inte att nå
failure-timed-out = svarade inte i tid
failure-refused = svarade med ett fel
failure-malformed = svaret gick inte att förstå

# Hushållet, kontakt och utbetalning.
facts-household = Hushåll
facts-household-same = Sökanden uppger att inget har ändrats.
facts-household-changed = Sökanden uppger en ändring
facts-contact = Kontakt
facts-phone = Telefon
facts-email = E-post
facts-not-given = Inte angivet
facts-payment = Utbetalning går till
method-account = konto hos { $bank } som slutar på { $ending }
method-slip = utbetalningsavi till den folkbokförda adressen

# Det som har hänt och skrivits.
log-history = Händelser
log-messages = Meddelanden
log-no-messages = Inga meddelanden i ärendet.

# Det som skrevs under.
signed-document-title = Det som skrevs under
signed-document-reference = Referens
signed-document-text = Läs det som skrevs under
signed-document-second = Läs det som { $name } skrev under
signed-document-digest = Kontrollsumma (SHA-256)
signed-document-at = skrev under { $at }
signed-document-missing = underskrift saknas
signed-document-declined = valde { $at } att inte skriva under
signed-document-left = lämnade hushållet { $at } utan att skriva under
opened-message-from = Meddelande från { $name } med ansökan
facts-activity = { $name }, { $month }
