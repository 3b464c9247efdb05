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
renewal-section-authorities = Uppgifter från myndigheter
renewal-section-incomes = Egna inkomster
renewal-section-expenses = Egna utgifter
renewal-section-payout = Hur du får pengarna
renewal-section-message = Meddelande
renewal-check = Kontrollera och skriv under

# Hur långt en del har kommit.
renewal-state-not-begun = Inte börjad
renewal-state-incomplete = Något saknas
renewal-state-fetching = Väntar på svar
renewal-state-optional = Frivillig
renewal-state-done = Klar
renewal-state-blocked = Kan inte börja än
