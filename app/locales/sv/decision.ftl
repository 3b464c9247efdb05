# Ett beslut och beräkningen bakom det.
verdict-title = Beslut för { $month }
verdict-granted = Det är det du får för { $month }.
verdict-why = Därför
verdict-note = Från din handläggare
verdict-payouts = Utbetalningar
verdict-facts = Om beslutet
verdict-case = Ärende
verdict-arrived = Ansökan kom
verdict-decided = Beslutet togs
verdict-by = Beslutat av
verdict-presented-by = Föredragande
verdict-provisions = Beslutet bygger på

# Beräkningen bakom ett beslut.
counted-title = Beräkning för { $month }
counted-lead = Så här räknade vi. Beslutet blev { $outcome }.
counted-back = Beslutet
counted-sums = Summor
counted-lines = Rad för rad
verdict-calculation = Så räknade vi
verdict-appeal-post = Skicka till
verdict-appeal-visit = Lämna på
verdict-appeal-phone = Frågor? Ring
