# En ansökan: delarna och hur långt de har kommit.
renewal-title = Ansökan för { $month }
renewal-lead = Gör delarna i den ordning du vill. Skriv under senast { $until }.
renewal-two = { $name } skriver under efter dig, med sin egen e-legitimation.
renewal-saved = Sparad { $saved }. Du kan sluta när du vill och fortsätta senare.
renewal-to-home = Till din sida
renewal-all-parts = Alla delar
renewal-place = Ansökan för { $month }, del { $number } av { $count }
renewal-continue = Fortsätt

# Delarnas namn.
renewal-part-household = Du och ditt hushåll
renewal-part-authorities = Uppgifter från myndigheter
renewal-part-incomes = Egna inkomster
renewal-part-expenses = Egna utgifter
renewal-part-payout = Hur du får pengarna
renewal-part-message = Meddelande
renewal-part-check = Kontrollera och skriv under

# Hur långt en del har kommit.
renewal-state-not-begun = Inte börjad
renewal-state-incomplete = Något saknas
renewal-state-fetching = Väntar på svar
renewal-state-optional = Frivillig
renewal-state-done = Klar
renewal-state-blocked = Kan inte börja än
