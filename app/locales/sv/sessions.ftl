# Var man är inloggad.
sessions-title = Dina inloggningar
sessions-lead = Här ser du var du är inloggad. Känner du inte igen en inloggning kan du avsluta den.
sessions-begun = Du loggade in { $at }
sessions-seen = Använd senast { $at }
sessions-this = Den här inloggningen
sessions-end = Avsluta
sessions-end-what = inloggningen { $at }
sessions-end-others = Avsluta alla andra
sessions-no-others = Du är inloggad ingen annanstans.
