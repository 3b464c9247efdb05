# Kontrollera och skriv under.
check-title = Kontrollera och skriv under
check-lead = Ansökan för { $month }. Skriv under senast { $until }.
check-error = { $section }: { $message }
check-changes = Ändrat sedan { $month }
check-changes-none = Dina egna inkomster och utgifter är som i { $month }.
check-change-gone = Borta
check-change-before = i { $month }
check-change-new = Fanns inte i { $month }
check-change-number = ändring { $number }, { $what }
check-edit = Ändra
check-what-incomes = egna inkomster
check-what-expenses = egna utgifter
check-what-household = dina uppgifter om dig och hushållet
check-details = Dina uppgifter
check-payout = Pengarna
check-what-activity = svaret om arbete och aktiviteter
check-what-message = meddelandet
check-household-same = Inget har ändrats
check-household-changed = Något har ändrats
check-authorities = Från myndigheterna
check-see = Se alla
check-what-authorities = svar från myndigheterna
check-rows = { $count ->
    [one] 1 uppgift
   *[other] { $count } uppgifter
}
check-as-before = Som förut: { $what }
check-not-given = Inte angivet
check-none = Inga
check-preliminary = Preliminär beräkning
check-line-by-line = Rad för rad
check-signatures = Underskrifter
check-sign = Skriv under med e-legitimation
check-sign-again = Skriv under igen
check-interrupted = Underskriften blev inte klar
check-interrupted-text = Inget har skickats. Allt du har skrivit finns kvar.
check-not-used = Din underskrift användes inte
check-not-used-text = Ansökan hade ändrats sedan du gick för att skriva under. Läs igenom den och skriv under igen.

# Var och en som skriver under.
signers-you = Du
signers-after-you = Efter dig
signers-own-eid = skriver under med sin egen e-legitimation
signers-waiting = Väntar
signers-signed = Har skrivit under
signers-declined = Har avstått
signers-left = Är inte med längre
check-payable = Ungefär, enligt reglerna. En människa beslutar.
check-nothing-payable = Enligt reglerna räcker inkomsterna. Du kan ändå ansöka. En människa beslutar.
check-open = { $count ->
    [one] En rad kan bara en handläggare ta ställning till. Den är inte med i beloppet.
   *[other] { $count } rader kan bara en handläggare ta ställning till. De är inte med i beloppet.
}
