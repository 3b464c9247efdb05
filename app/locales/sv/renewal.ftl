# En ansökan: delarna och hur långt de har kommit.
renewal-title = Ansökan för { $month }
renewal-lead = Gör delarna i den ordning du vill. Skriv under senast { $until }.
renewal-two = { $name } skriver under efter dig, med sin egen e-legitimation.
renewal-saved = Sparad { $saved }. Du kan sluta när du vill och fortsätta senare.
renewal-withdraw = Ta tillbaka ansökan
renewal-to-home = Till din sida
renewal-all-sections = Alla delar
renewal-place = Ansökan för { $month }, del { $number } av { $count }
renewal-continue = Fortsätt

# Delarnas namn.
renewal-section-household = Du och ditt hushåll
renewal-section-activity = Arbete och aktiviteter
renewal-section-authorities = Uppgifter från myndigheter
renewal-section-incomes = Egna inkomster
renewal-section-expenses = Egna utgifter
renewal-section-message = Meddelande
renewal-check = Kontrollera och skriv under

# Hur långt en del har kommit.
renewal-state-not-begun = Inte börjad
renewal-state-incomplete = Något saknas
renewal-state-fetching = Väntar på svar
renewal-state-optional = Frivillig
renewal-state-done = Klar
renewal-state-blocked = Kan inte börja än

# Det som är ens eget, i en ansökan som den andra vuxna har börjat.
own-part = Det som är ditt
own-part-title = Din del av ansökan för { $month }
own-part-lead = { $name } har börjat ansökan. Här skriver du det som är ditt. { $name } läser inte vad du skriver, men ser en summa av det i beslutets beräkning. Allt är frivilligt, men börjar du med inkomster eller utgifter behöver du svara på alla delar om dem.
own-part-not-signed = När { $name } har skrivit under är det din tur att läsa allt och skriva under.
own-part-signed = { $name } har skrivit under. Läs allt och skriv under när din del är klar.
own-part-sign = Läs och skriv under
own-part-begin = Skriv det som är ditt
own-part-continue = Fortsätt med din del
own-part-what = Är något fel eller saknas det om dina egna inkomster eller utgifter? Skriv det själv. Det gäller i stället för det som står om dig i texten. Du kan också skriva till din handläggare.
own-part-in-text = Det du har skrivit står i texten. Du kan ändra det tills du skriver under.
own-part-not-whole = Din del är inte hel, och står därför inte i texten än. Gör klart den, eller ta bort den. Sedan kan du skriva under.
own-part-remove = Ta bort din del
own-part-remove-title = Ta bort din del av ansökan för { $month }
own-part-remove-lead = Det du har skrivit försvinner. Det som { $name } har skrivit om dig gäller då.
