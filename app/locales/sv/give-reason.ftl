# Varför någon öppnar ett skyddat ärende.
give-reason-heading = Öppna ett skyddat ärende
give-reason-title = Öppna ärende { $number }
give-reason-lead = { $what }. Någon i hushållet har skyddade personuppgifter.
give-reason-label = Varför behöver du läsa ärendet?
give-reason-hint = Din arbetsledare får veta att du har öppnat det, och varför. Ärendet är öppet för dig i en timme.
give-reason-open = Öppna ärendet
give-reason-missing = Skriv varför du behöver läsa ärendet.
