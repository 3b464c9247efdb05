# Fynd: det som sticker ut, i få ord. I inkorgen, i jämförelsen och bland det att ta ställning till.
finding-unchanged = Inget ändrat
finding-no-previous = Ingen tidigare ansökan
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
finding-household = Hushållet ändrat
finding-contradicted = { $name } säger annat om sig
finding-message = Meddelande med
finding-question-differs = { $authority } skiljer { $amount } från det som { $name } uppger.
finding-question-failed = { $authority } har inte svarat om { $name }.
finding-question-partly = { $authority } har bara svarat delvis om { $name }.
finding-question-not-asked = { $authority } har inte tillfrågats om { $name }.
finding-question-judge = { $what }, { $amount }: reglerna räcker inte, du avgör.
finding-question-age = { $name } kan vara { $ages } år: numret säger inte hela födelsedagen. Fråga om åldern och sätt beloppet.
finding-question-household = Hushållet har ändrats enligt sökanden.
finding-question-left = { $name } var med när ansökan skrevs under och är det inte längre. Beräkningen är gjord utan { $name }.
finding-question-payee = Utbetalningen skulle gå någon annanstans än hushållet har skrivit under. Det tar två att besluta.
finding-question-signature-missing = { $name } har inte skrivit under.
finding-question-signature-declined = { $name } har valt att inte skriva under.
finding-no-certificate = Sjuk, intyg saknas
finding-episodes = Berättar om sin månad
finding-question-certificate-later = { $name } har varit sjuk { $from } till { $to } och ska skicka läkarintyget.
finding-question-certificate-none = { $name } har varit sjuk { $from } till { $to } och har inget läkarintyg.
finding-question-contradicted = { $name } uppger annat om sina inkomster eller utgifter än den som började ansökan. Beräkningen bygger på det { $name } själv uppger. Läs båda texterna.
finding-question-signer-left = { $name } har lämnat hushållet och skriver inte under.

# Händelser.
event-received = Ansökan kom in
event-signed = { $name } skrev under
event-declined = { $name } valde att inte skriva under
event-left = { $name } lämnade hushållet utan att skriva under
event-asked = { $authority } tillfrågades om { $name }
event-asked-several = { $count } myndigheter tillfrågades om { $name }
event-opened = Öppnade ansökan
event-began-review = Började handlägga
event-handed-back = Lämnade tillbaka ansökan
event-proposed-decision = Föreslog ett beslut
event-returned-proposal = Lämnade tillbaka förslaget
event-message = { $name } skickade ett meddelande
event-decided = Beslutade: { $outcome }
event-payout-planned = Utbetalning av { $amount } planerad { $day }
finding-disputed = { $count ->
    [one] En uppgift sägs vara fel
   *[other] { $count } uppgifter sägs vara fel
}
finding-question-disputed = { $name } skriver att { $what }, { $amount }, inte stämmer. Läs varför vid myndighetens uppgift, och bestäm vad som ska gälla.
