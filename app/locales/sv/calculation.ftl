# Normberäkningen: samma ord till dig som söker och till handläggaren.

# Rubriker och summor.
calculation-title = Normberäkning för { $month }
calculation-norm = Riksnorm
calculation-expenses = Kostnader utöver riksnormen
calculation-incomes = Inkomster
calculation-means = Tillgångar och tidigare överskott
calculation-sum-norm = Summa riksnorm
calculation-sum-expenses = Summa kostnader utöver riksnormen
calculation-sum-need = Du behöver
calculation-sum-incomes = Summa inkomster
calculation-sum-means = Summa tillgångar och överskott
calculation-sum-balance = Inkomster minus behov
calculation-sum-payable = Bistånd

# Vad en rad handlar om. Inkomster, kostnader och tillgångar har egna namn.
calculation-personal = Personliga kostnader
calculation-shared = Gemensamma kostnader i hushållet
calculation-surplus = Överskott från { $from }
calculation-from-authorities = Från myndigheter
calculation-own-part = Uppger själv

# Kolumner.
calculation-claimed = Sökt
calculation-approved = Godkänt
calculation-received = Fått
calculation-disregarded = Räknas inte

# Varifrån en uppgift kommer.
calculation-source-authority = en myndighet
calculation-source-register = folkbokföringen
calculation-source-applicant = sökande
calculation-source-co-applicant = medsökande
calculation-source-caseworker = handläggare
calculation-source-carried-over = en tidigare beräkning

# Om raden räknas, och hur säker den är.
calculation-standing-counted = Räknas
calculation-standing-not-counted = Räknas inte
calculation-standing-asks-human = En handläggare behöver ta ställning
calculation-certainty-official = Beloppet eller regeln står i källan.
calculation-certainty-derived = Beloppet är uträknat. Det är inte läst i källan.
calculation-certainty-unverified = Ingen källa säger säkert hur det ska räknas. Så här räknar vi.

# Beräkning som inte finns.
calculation-no-rules = Reglerna för { $month } är inte klara än. Därför visar vi inget belopp. Du kan ändå ansöka.

# Varför en rad är som den är. Att en handläggare behöver ta ställning, eller inte gjorde det, står i radens märke och inte här.

# Riksnormen.
calculation-norm-personal-single = Belopp för en vuxen utan sambo.
calculation-norm-personal-partner = Hälften av beloppet för två som är sambor, { $both }.
calculation-norm-personal-child = Belopp för { $ages } år.
calculation-norm-personal-child-preschool-lunch = Belopp för { $ages } år med lunch i förskolan fem dagar i veckan.
calculation-norm-personal-pupil = Belopp för { $ages } år. Lunch i skolan är redan inräknad.
calculation-norm-personal-age-unknown = Numret säger inte hela födelsedagen, så åldern kan vara { $ages } år. En handläggare frågar om åldern och sätter beloppet.
calculation-norm-preschool-lunch-past = Vid { $ages } år finns inget lägre belopp för lunch i förskolan.
calculation-norm-days-in-home = Barnet bor här { $days } dagar. Därför räknas { $days } av { $divisor } delar av { $full }.
calculation-norm-part-of-month = Beräkningen gäller { $first } till { $last }. Därför räknas en del av { $full }.
calculation-norm-shared = { $persons ->
    [one] Belopp för en person i hushållet.
   *[other] Belopp för { $persons } personer i hushållet.
}
calculation-norm-shared-beyond-table = Belopp för { $persons } personer: beloppet för { $listed }, och { $step } till för varje person därutöver.
calculation-norm-shared-home = { $members ->
    [one] Bostaden delas av { $persons } personer. Din del av { $full } är en av { $persons } delar.
   *[other] Bostaden delas av { $persons } personer. Er del av { $full } är { $members } av { $persons } delar.
}

# Kostnader utöver riksnormen.
calculation-expense-reasonable = Kostnaden är skälig och räknas helt.
calculation-expense-within-guideline = Kostnaden ryms inom kommunens riktlinje, { $limit }.
calculation-expense-above-guideline = Kommunens riktlinje är { $limit }. Av kostnaden räknas { $left }.
calculation-expense-to-judge = Kostnaden har ingen riktlinje.
calculation-expense-paid-before = Kostnaden betalades i { $month }, i förväg.
calculation-expense-reference-month = Kostnaden är från { $month } och kan redan vara godkänd.
calculation-expense-approved-before = Kostnaden godkändes för { $month }. Den räknas inte en gång till.
calculation-expense-other-month = Kostnaden gäller { $month } och inte månaden du söker för.
calculation-expense-negative = Beloppet är mindre än noll.
calculation-expense-repeated = Samma räkning är lämnad två gånger. Det kan vara samma räkning.
calculation-expense-disputed = I ansökan står att myndighetens uppgift inte stämmer. Om det godtas är det { $stated }.
calculation-expense-disputed-other-month = I ansökan står att myndighetens uppgift inte stämmer. Den gäller en annan månad.

# Inkomster.
calculation-income-counted = Inkomsten räknas helt.
calculation-income-planned = Utbetalningen är planerad. Vi fick veta om den { $known_on }.
calculation-income-job-stimulus = Jobbstimulans: { $percent } procent av lönen räknas inte. Det gäller { $since } till { $last }.
calculation-income-job-stimulus-ended = Jobbstimulansen gällde till och med { $last }.
calculation-income-job-stimulus-not-yet = Jobbstimulansen börjar gälla { $since }.
calculation-income-youth-work = Barn och skolungdomar får tjäna { $allowance } under { $year }. Av det var { $left } kvar, så lönen räknas inte.
calculation-income-youth-work-above = Barn och skolungdomar får tjäna { $allowance } under { $year }. Av det var { $left } kvar. Resten av lönen räknas.
calculation-income-youth-year-unknown = Vi vet inte vad ungdomen har tjänat tidigare under { $year }.
calculation-income-child-own-norm = Barnets egna pengar räknas högst upp till barnets norm, { $norm }. Av den var { $left } kvar.
calculation-income-earlier-month = Inkomsten kom i { $month }. Den räknas inte för den här månaden.
calculation-income-later-month = Inkomsten kommer i { $month }. Den räknas för en senare månad.
calculation-income-benefit-missing = I { $month } betalades { $received } ut, men ingenting månaden efter.
calculation-income-known-late = Inkomsten { $received } från { $month } blev känd { $known_on }, efter förra beräkningen.
calculation-income-negative = Myndigheten har dragit tillbaka pengar: { $received }.
calculation-income-repeated = Samma utbetalning, { $received }, är lämnad två gånger. Det kan vara samma pengar.
calculation-income-to-judge = Det finns ingen regel för inkomsten { $received }.
calculation-income-undated = Vi vet inte när { $received } kom.
calculation-income-disputed = I ansökan står att myndighetens uppgift inte stämmer. Om det godtas är det { $stated }.
calculation-income-disputed-other-month = I ansökan står att myndighetens uppgift inte stämmer. Den gäller en annan månad.
calculation-income-stated-beside-authority = Du har lämnat { $stated }, men en myndighet har lämnat samma sorts inkomst. Det kan vara samma pengar.
calculation-row-disputed = I ansökan står att uppgiften inte stämmer, utan är { $stated }. Här räknas myndighetens uppgift.
calculation-together = Det är en summa. Vad den består av läser bara { $name } och handläggaren.
calculation-compared = En handläggare jämför raden med annat som är känt.

# Tillgångar och överskott.
calculation-asset-realisable = Tillgången går att göra om till pengar och räknas.
calculation-asset-not-realisable = Tillgången går inte att göra om till pengar och räknas inte.
calculation-asset-to-judge = Tillgången är värd { $value }. Det är inte avgjort om den går att göra om till pengar.
calculation-surplus-carried = Överskottet från { $from } räknas som en inkomst.
calculation-surplus-too-old = Överskottet från { $from } är äldre än { $months } månader och räknas inte.

# Det som en handläggare har bestämt.
calculation-override-decided = En handläggare har bestämt beloppet. Enligt reglerna är det { $computed }.
calculation-override-changed-beneath = Uppgiften har ändrats sedan handläggaren bestämde: från { $before } till { $computed }.
calculation-override-without-line = En handläggare hade bestämt { $value }, men uppgiften finns inte längre.

# Resultatet.
calculation-result-deficit = Inkomsterna räcker inte till det du behöver. Så mycket saknas.
calculation-result-surplus = Inkomsterna är större än det du behöver.
calculation-result-even = Inkomsterna är precis så stora som det du behöver.
calculation-result-payable = Det som saknas är { $exact }. Bistånd betalas i hela kronor.
calculation-result-nothing-payable = Det finns inget att betala ut.
calculation-result-surplus-to-carry = Överskott från { $from } som kan räknas till och med { $through }.
