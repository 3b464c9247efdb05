# Egna inkomster och utgifter.
items-incomes-title = Egna inkomster
items-incomes-lead = Lägg till pengar från { $month } som myndigheterna inte har berättat om, till exempel lön.
items-incomes-any = Har du fått andra pengar i { $month }?
items-incomes-more = Har du fler inkomster i { $month }?
items-incomes-known = Det här vet vi redan
items-incomes-stated = Inkomster som du har lagt till
items-expenses-title = Egna utgifter
items-expenses-lead = Lägg till det du ska betala för { $month }, till exempel hyra och el.
items-expenses-any = Har du utgifter för { $month }?
items-expenses-more = Har du fler utgifter för { $month }?
items-expenses-known = Det här vet vi redan
items-expenses-stated = Utgifter som du har lagt till
items-known = Du behöver inte skriva in det igen.
items-yes = Ja
items-no = Nej
items-sum = Summa
items-no-amount = Belopp saknas
items-change = Ändra
items-remove = Ta bort
items-income-number = inkomst { $number }, { $what }
items-expense-number = utgift { $number }, { $what }

# En inkomst eller utgift.
item-income-add = Lägg till en inkomst
item-income-change = Ändra inkomsten
item-income-lead = En i taget. Det ska vara pengar från { $month }.
item-income-back = Egna inkomster
item-income-kind = Vad är det för inkomst?
item-income-amount = Hur mycket var det?
item-income-amount-hint = Skriv i kronor, efter skatt.
item-income-date = Vilken dag kom pengarna?
item-income-save = Spara inkomsten
item-income-remove = Ta bort inkomsten
item-expense-add = Lägg till en utgift
item-expense-change = Ändra utgiften
item-expense-lead = En i taget. Det ska vara en kostnad för { $month }. Hyran kan ha betalats i slutet av månaden före.
item-expense-back = Egna utgifter
item-expense-kind = Vad är det för utgift?
item-expense-amount = Hur mycket kostar det?
item-expense-amount-hint = Skriv i kronor.
item-expense-date = Vilken dag ska det betalas?
item-expense-save = Spara utgiften
item-expense-remove = Ta bort utgiften
item-person = Vem gäller det?
item-note = Vill du berätta mer?
item-note-hint = Behövs om du har valt något som börjar med Annan.

# Innan något tas bort.
remove-income-title = Vill du ta bort inkomsten?
remove-expense-title = Vill du ta bort utgiften?
remove-lead = Den tas bara bort ur din ansökan.
remove-button = Ta bort
remove-keep = Behåll
kind-not-chosen = Inte valt
items-own-expenses-lead = Lägg till det du ska betala för { $month } och som är bara ditt, till exempel medicin eller resor till jobbet. Hyra, el och annat för hela hushållet skriver den som började ansökan.
item-own-expense-lead = En i taget. Det ska vara en kostnad för { $month }, och bara din egen.
