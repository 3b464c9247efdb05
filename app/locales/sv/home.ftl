# Hemsidan efter inloggning.
home-title = Hem
home-hello = Hej { $name }
home-case = Ekonomiskt bistånd, ärende
home-caseworker = Din handläggare är { $name }.
home-next = Nästa steg
home-next-begin = Ansök för { $month }
home-next-begin-text = Öppet till och med { $until }. Har inget ändrats sedan i { $previous } tar det ungefär 3 minuter.
home-next-begin-first-text = Öppet till och med { $until }. Det tar ungefär 10 minuter.
home-next-begin-button = Börja ansökan
home-next-continue = Fortsätt din ansökan för { $month }
home-next-continue-text = Sparad { $saved }. Skriv under senast { $until }.
home-next-continue-button = Fortsätt
home-next-cosign = Skriv under ansökan för { $month }
home-next-cosign-text = { $name } har skrivit under. Nu är det din tur att läsa och svara.
home-next-cosign-text-until = { $name } har skrivit under. Läs och svara senast { $until }.
home-next-cosign-button = Läs ansökan
home-next-wait = Du behöver inte göra något nu
home-next-wait-text = Du kan ansöka för { $month } från och med { $opens }.
home-progress = Din ansökan för { $month }
home-progress-received = Mottagen
home-progress-signed = Se det som är underskrivet
home-progress-waiting = En handläggare går igenom den
home-progress-human = En människa beslutar.
home-progress-decision = Beslut: { $outcome }
home-progress-read = Du läste det { $day }.
home-progress-read-now = Läs beslutet
home-progress-read-again = Läs igen
home-progress-appeal = Överklaga senast { $until }
home-progress-payout = Utbetalning
home-progress-payout-planned = planerad { $day }
home-progress-payout-paid = gjord { $day }
home-progress-payout-stopped = stoppad. Din handläggare kan säga varför.
home-progress-payout-cancelled = makulerad. Din handläggare kan säga varför.
home-payouts = Utbetalningar
home-payouts-planned = Planerad utbetalning
home-payouts-made = Utförda utbetalningar
home-payouts-none = Du har inga utbetalningar än.
home-payouts-all = Alla utbetalningar
home-payouts-calculation = Beräkning
home-payouts-decision = Beslut
home-messages = Skicka meddelande
home-unread = { $count ->
    [one] 1 nytt
   *[other] { $count } nya
}
