# Fynd: det som sticker ut, i få ord. I inkorgen, i jämförelsen och bland det att ta ställning till.
finding-unchanged = Inget ändrat
finding-differs = { $authority } skiljer { $amount }
finding-difference = Skiljer { $amount }
finding-raised = { $what } +{ $amount }
finding-lowered = { $what } −{ $amount }
finding-changed-up = Ändrad +{ $amount }
finding-changed-down = Ändrad −{ $amount }
finding-new = Ny
finding-gone = Borta
finding-new-income = Ny inkomst { $amount }
finding-new-expense = Ny utgift { $amount }
finding-failed = { $authority } svarade inte
finding-partly = { $authority } svarade delvis
finding-not-asked = { $authority } inte tillfrågad
finding-cell-failed = svarade inte
finding-cell-partly = svarade delvis
finding-cell-not-asked = inte tillfrågad
finding-cell-waiting = väntar på svar
finding-disputed = { $count ->
    [one] 1 uppgift stämmer inte
   *[other] { $count } uppgifter stämmer inte
}
finding-household = Hushållet ändrat
finding-contact = Kontaktuppgifter ändrade
finding-message = Meddelande med
finding-signature-missing = Underskrift saknas
finding-signature-declined = Medsökande har avböjt
finding-question-differs = { $authority } skiljer { $amount } från det som { $name } uppger.
finding-question-disputed = { $name } uppger att { $what } från { $authority } inte stämmer.
finding-question-failed = { $authority } har inte svarat om { $name }.
finding-question-partly = { $authority } har bara svarat delvis om { $name }.
finding-question-not-asked = { $authority } har inte tillfrågats om { $name }.
finding-question-judge = { $what }, { $amount }: reglerna räcker inte, du avgör.
finding-question-household = Hushållet har ändrats enligt sökanden.
finding-question-signature-missing = { $name } har inte skrivit under.
finding-question-signature-declined = { $name } har valt att inte skriva under.

# Händelser.
event-received = Ansökan kom in
event-signed = { $name } skrev under
event-declined = { $name } valde att inte skriva under
event-asked = { $authority } tillfrågades om { $name }
event-opened = Öppnade ansökan
event-message = { $name } skickade ett meddelande
event-decided = Beslutade: { $outcome }
event-payout-planned = Utbetalning av { $amount } planerad { $day }
event-paid = { $amount } betalades ut
