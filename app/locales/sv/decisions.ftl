# Beslut: utfall, skäl, bestämmelser och hur man överklagar. Personen och handläggaren läser samma ord.
# $payable och $amount är belopp, $deadline är ett datum: sidan skriver ut dem på sitt språk.

decision-outcome-granted = Bifall
decision-outcome-partly-granted = Delvis bifall
decision-outcome-rejected = Avslag
decision-outcome-dismissed = Avvisning

decision-outcome-granted-meaning = Du får det du har rätt till enligt beräkningen.
decision-outcome-partly-granted-meaning = Du får en del av det du har ansökt om.
decision-outcome-rejected-meaning = Du får inte det du har ansökt om.
decision-outcome-dismissed-meaning = Vi har inte kunnat pröva din ansökan.

decision-reason-need-by-norm = Dina inkomster räcker inte till normen och dina godkända utgifter.
decision-reason-income-covers-need = Dina inkomster räcker till normen och dina godkända utgifter.
decision-reason-assets-available = Du har pengar eller något av värde som du kan leva på först.
decision-reason-other-support = Du kan få hjälp på ett annat sätt, till exempel genom en ersättning som du kan söka.
decision-reason-not-available-for-work = Du kan arbeta men står inte till arbetsmarknadens förfogande. Vi ser inget godtagbart skäl till det.
decision-reason-activity-declined = Du har tackat nej till eller uteblivit från en aktivitet som vi har anvisat. Vi ser inget godtagbart skäl till det.
decision-reason-need-not-shown = Vi har inte fått de uppgifter vi behöver för att bedöma din rätt till bistånd.
decision-reason-expense-too-high = En eller flera utgifter är högre än vad som är skäligt.
decision-reason-expense-not-shown = Vi har inte fått underlag för en eller flera utgifter.
decision-reason-expense-in-norm = En eller flera utgifter ingår redan i normen.
decision-reason-shared-home = Ni är flera som delar på bostaden och vad den kostar.
decision-reason-too-incomplete = Det saknas så mycket i ansökan att vi inte kan pröva den. Vi har bett dig komplettera den.
decision-reason-already-tried = Vi har redan prövat en ansökan för samma månad. Inget nytt har kommit fram.
decision-reason-other-municipality = En annan kommun ansvarar för din ansökan.
decision-reason-not-a-party = Du kan inte ansöka i det här ärendet.
decision-reason-other = Din handläggare har skrivit skälet.

provision-sol-12-1 = 12 kap. 1 § socialtjänstlagen (2025:400)
provision-sol-12-2 = 12 kap. 2 § socialtjänstlagen (2025:400)
provision-sol-12-3 = 12 kap. 3 § socialtjänstlagen (2025:400)
provision-sol-12-4 = 12 kap. 4 § socialtjänstlagen (2025:400)
provision-sol-12-5 = 12 kap. 5 § socialtjänstlagen (2025:400)
provision-sol-12-7 = 12 kap. 7 § socialtjänstlagen (2025:400)
provision-sol-12-8 = 12 kap. 8 § socialtjänstlagen (2025:400)
provision-sol-12-9 = 12 kap. 9 § socialtjänstlagen (2025:400)
provision-sof-12-2 = 12 kap. 2 § socialtjänstförordningen (2025:468)
provision-sof-12-3 = 12 kap. 3 § socialtjänstförordningen (2025:468)
provision-fl-20 = 20 § förvaltningslagen (2017:900)

decision-appeal-heading = Så överklagar du
decision-appeal-write = Tycker du att beslutet är fel kan du överklaga det. Skriv vilket beslut det gäller, hur du vill att det ska ändras och varför.
decision-appeal-where = Skicka överklagandet till oss. Vi skickar det vidare till förvaltningsrätten om vi inte ändrar beslutet som du vill.
decision-appeal-deadline = Du har tre veckor på dig från dagen då du fick beslutet. Vi måste ha fått överklagandet senast { $deadline }.

decision-error-negative-basis = Beräkningen har blivit fel. Räkna om.
decision-error-questions-open = Rader som väntar på ditt ställningstagande: { $count }. Ta ställning till dem först.
decision-error-nothing-needed = Beräkningen ger inget att bevilja. Ändra beräkningen eller välj avslag.
decision-error-not-the-payable = Det som beviljas ska vara { $payable }, som i beräkningen. Ändra en rad i beräkningen om beloppet ska vara ett annat.
decision-error-leaves-out = Beräkningen räknar bort { $amount } av det som söks. Välj delvis bifall, så att det går att överklaga, eller godkänn beloppet på raden.
decision-error-leaves-out-nothing = Beräkningen räknar inte bort något av det som söks. Välj bifall, eller ändra en rad i beräkningen.
decision-error-amount-missing = Skriv vilket belopp du beviljar.
decision-error-grant-amount = Skriv beloppet i hela kronor, mer än 0.
decision-error-too-many-grants = Dela upp beloppet på högst { $max } rader.
decision-error-grant-without-granting = Inget kan betalas ut vid avslag eller avvisning. Ta bort beloppet eller välj ett annat utfall.
decision-error-outcome-missing = Välj vad du beslutar.
decision-error-reason-missing = Välj minst ett skäl.
decision-error-reason-unfit = Skälet hör inte ihop med utfallet. Välj ett annat skäl.
decision-error-reason-contradicted = Beräkningen visar inte att inkomsterna räcker. Välj ett annat skäl eller ändra beräkningen.
decision-error-note-missing = Skriv skälet med egna ord.
decision-error-note-missing-for-amount = Skriv hur du har kommit fram till beloppet. Månaden har ingen beräkning som visar det.
decision-error-note-too-long = Korta texten till högst { $max } tecken.
decision-error-provision-missing = Välj minst en bestämmelse.
decision-error-officials = Ange namn på alla som har deltagit. Den som beslutar kan inte också vara föredragande.
