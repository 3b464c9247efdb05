# Meddelande till handläggaren i ansökan.
message-title = Vill du berätta något?
message-lead = Meddelandet följer med ansökan. Du kan lämna det tomt.
message-lead-to = Meddelandet går till { $name } med ansökan. Du kan lämna det tomt.
message-label = Meddelande
message-hint = Skriv till exempel om en myndighet har fel, eller om något snart ändras.
