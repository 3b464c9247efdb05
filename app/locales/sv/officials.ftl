# Handläggare och behörigheter: listan.
officials-title = Handläggare och behörigheter
officials-lead = De som arbetar i tjänsten, och vad nämnden har delegerat till var och en.
officials-name = Namn
officials-may = Får besluta
officials-more = Behörighet
officials-state = Läge
officials-act = Öppna
officials-open = Öppna
officials-caseworker = Handläggare
officials-admin = Administratör
officials-up-to = { $outcome } upp till { $amount }
officials-may-nothing = inget
officials-clearance = Särskild behörighet
officials-supervises = Arbetsledare
officials-active = Aktiv
officials-ended = Avslutad
officials-ended-by = av { $name } { $at }

# En handläggare eller administratör.
official-page = { $name }, behörigheter
official-facts = Gäller nu
official-delegations = Får besluta
official-delegations-text = Skriv det som nämnden har delegerat. Det som inte är delegerat får handläggaren föreslå, och en annan beslutar.
official-amount = Får besluta om { $outcome } upp till, kronor
official-amount-hint = Hela kronor för ett beslut. Lämna tomt om det inte är delegerat.
official-yes-no = Får besluta om { $outcome }
official-yes = Ja
official-no = Nej
official-save = Spara
official-number-title = Jäv
official-number-known = Personnumret är sparat. Handläggaren kan inte öppna sitt eget ärende.
official-number-unknown = Personnumret saknas. Handläggaren kan öppna ett eget ärende.
official-number-save = Spara personnumret
official-is-admin = En administratör fattar inga beslut i ärenden, och kan inte ge sig själv rätt till det.
official-is-you = Det här är du. Du kan inte avsluta din egen behörighet. Slutar du här, be en annan administratör om det.
official-end-title = Avsluta behörigheten
official-end-text = När någon slutar, eller inte längre ska använda tjänsten.
official-end = Avsluta behörigheten
official-ended-title = Behörigheten är avslutad
official-ended-text = { $name } kan inte logga in, och får inte besluta om något.
official-let-in = Låt logga in igen
official-let-in-text = Rätten att besluta och ärendena kommer inte tillbaka med det. Du delegerar på nytt.
official-let-in-admin-text = Då kan { $name } sköta tjänsten som förut.

# Frågan innan någons behörighet avslutas.
end-official-page = Avsluta behörigheten för { $name }
end-official-title = Vill du avsluta behörigheten för { $name }?
end-official-lead = Det gäller genast.
end-official-what = Det här händer
end-official-sessions = { $name } loggas ut överallt, och kan inte logga in igen.
end-official-delegations = Det som är delegerat upphör.
end-official-cases = Ärendena står utan handläggare i inkorgen, och aviseringar som inte är lästa visas för alla handläggare.
end-official-proposals = Förslag till beslut som väntar på en kollega tas bort. Ansökningarna ligger kvar.
end-official-back = Du kan låta { $name } logga in igen. Inget av det andra kommer tillbaka av sig självt.
end-official-back-admin = Du kan låta { $name } logga in igen.
end-official-button = Avsluta behörigheten
end-official-keep = Avsluta inte
