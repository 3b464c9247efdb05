# Ord i komponenterna.
ui-error = Fel:
ui-errors-title = Något behöver rättas
ui-choose = Välj
ui-typed-elsewhere = Under tiden sparades något annat här. Spara det som ska gälla:
ui-date-hint = Skriv dag och månad, till exempel { $example }
ui-previous = Föregående
ui-next = Nästa
ui-pages = Sidor
ui-page-of = Sida { $page } av { $pages }
source-label = Källa:
source-register = Folkbokföringen
source-authorities = Myndigheter

# Myndigheternas namn.
agency-fk = Försäkringskassan
agency-csn = CSN
agency-af = Arbetsförmedlingen
agency-so = A-kassan
agency-pm = Pensionsmyndigheten
agency-skv = Skatteverket

# Beslutets utfall, med liten bokstav inne i en mening.
outcome-granted = bifall
outcome-partly-granted = delvis bifall
outcome-rejected = avslag
outcome-dismissed = avvisning

# Vem som har skrivit under.
signed-viewer = Du har skrivit under.
signed-both = Du och { $name } har skrivit under.
signed-other = { $name } har skrivit under.
signed-waiting = { $name } har inte skrivit under än.
signed-declined = { $name } har valt att inte skriva under.
signed-left = { $name } är inte med i ansökan längre.

# Vart pengarna går.
payout-to-account = till { $name }, konto hos { $bank }
payout-to-slip = till { $name }, avi hem
payout-to-other = till { $name }
payout-to-other-slip = till { $name }, avi

# Det som betalas ut.
benefit-economic-assistance = ekonomiskt bistånd

# Ord som ingen översätter: namn, och vad en myndighet kallar sin förmån.
verbatim = { $text }

# När en hämtad uppgift betalas, och vilken tid den gäller.
fetched-planned = planerad { $day }
fetched-paid = utbetald { $day }
fetched-bill-planned = att betala { $day }
fetched-bill-paid = betald { $day }
fetched-month = för { $month }
fetched-year = för { $year }
fetched-period = för { $first } till { $last }
