# Kontaktuppgifter och hushåll.
household-title = Du och ditt hushåll
household-members = Hushållet
household-address = Adress
household-question = Stämmer det här?
household-same = Ja, inget har ändrats
household-changed = Nej, något har ändrats
household-changes = Vad har ändrats?
household-changes-hint = Fyll bara i om du svarade nej. Öppna det som har ändrats.
household-changes-shared = Du och { $name } läser båda det som du skriver här.
household-changes-more = Spara och berätta mer
household-change = Något annat
household-change-hint = Skriv med egna ord om det inte passar ovan.

change-kind-moved-in = Någon flyttar in, eller ett barn har fötts
change-kind-moved-out = Någon flyttar ut
change-kind-part-time = Ett barn bor här ibland
change-kind-new-home = Ny bostad
change-kind-shared-home = Andra bor i bostaden

change-name = För- och efternamn
change-relation = Vem är det?
change-number = Personnummer, tolv siffror, om du vet det
change-moved-in-date = Första dagen här, eller födelsedagen
change-moved-out-person = Vem flyttar ut?
change-moved-out-date = Vilken dag?
change-days = Hur många dagar i { $month } bor { $name } hos dig?
change-address = Ny adress
change-tenure = Hur bor du?
change-new-home-date = Vilken dag flyttade du?
change-persons = Hur många bor i bostaden, alla inräknade?
change-sharing = Betalar de andra för bostaden?

moved-in-relation-partner = Make, maka eller sambo
moved-in-relation-child = Barn
moved-in-relation-newborn = Nyfött barn
moved-in-relation-other = Någon annan
tenure-rented = Hyr i första hand
tenure-second-hand = Hyr i andra hand
tenure-lodging = Hyr ett rum hos någon
tenure-owned = Äger bostaden
tenure-none = Har ingen egen bostad
sharing-lodger = Ja, de betalar hyra till mig
sharing-shared-rent = Ja, vi delar på hyran
sharing-free = Nej
household-contact = Så når vi dig
household-contact-hint = Dit ringer din handläggare om något är oklart.
household-phone = Telefon
household-email = E-post

# Vad någon i hushållet är till den som söker.
household-role-applicant = sökande
household-role-co-applicant = medsökande
household-role-child = barn
household-role-part-time-child = barn, bor här { $days } dagar i månaden
household-role-youth = går i gymnasiet
household-role-shares-home = delar bostad

# Vad som har ändrats i hushållet, som en mening
told-moved-in = Flyttar in { $date }: { $who }. { $relation }
told-born = Nyfött barn { $date }
told-born-named = Nyfött barn { $date }: { $who }
told-moved-out = Flyttar ut { $date }: { $name }
told-part-time = { $days ->
    [one] { $name } bor här en dag i { $month }
   *[other] { $name } bor här { $days } dagar i { $month }
}
told-new-home = Ny bostad från { $date }: { $address }. { $tenure }
told-no-home = Från { $date }: { $tenure }
told-shared-home = { $persons } personer bor i bostaden. Betalar de andra? { $sharing }
