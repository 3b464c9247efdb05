# Vad myndigheterna säger.
authorities-title = Stämmer det här?
authorities-lead = Vi frågade myndigheterna { $asked }. Det som står här behöver du inte skriva in.
authorities-wrong = Är något fel? Välj Stämmer inte vid uppgiften. Saknas något? Skriv det i ditt meddelande till handläggaren.
authorities-arriving = { $count ->
    [one] En myndighet har inte svarat än. Du kan vänta eller gå vidare.
   *[other] { $count } myndigheter har inte svarat än. Du kan vänta eller gå vidare.
}
authorities-arrived = Nya svar har kommit.
authorities-late = Svaren dröjer. Du kan gå vidare ändå.
authorities-reload = Visa nya svar
authorities-again-title = Alla svar kom inte
authorities-again-text = Vi kan fråga igen. Du kan också gå vidare. Din handläggare ser vilka svar som saknas.
authorities-again-button = Fråga igen

# Vad en myndighet svarade.
answer-answered = Svarade
answer-nothing-found = Inget hittat
answer-nothing-found-means = Inget hittat betyder att myndigheten svarade men inte lämnade någon uppgift.
answer-partly = Svarade bara delvis.
answer-partly-text = Något kan saknas här. Du kan gå vidare ändå.
answer-failed-silent = Svarade inte just nu.
answer-failed-refused = Kunde inte svara just nu.
answer-failed-malformed = Svaret gick inte att läsa.
answer-failed-text = Du kan gå vidare ändå. Din handläggare ser att svaret saknas.
answer-switched-off = Inte frågad.
answer-switched-off-text = Kommunen hämtar inga uppgifter härifrån just nu.
answer-not-applicable = Inte frågad, behövs inte
answer-waiting = Väntar på svar.
answer-waiting-text = Det brukar gå på en minut.
answer-add-yourself = Kom det pengar från { $name } i { $month }? Lägg till dem själv
answer-fetched = Hämtat { $at }
answer-taken-back = tillbakadraget
answer-job-seeker = Inskriven sedan { $day }
answer-under-way = Pågår: { $what }

# Tidigare månader.
history-title = Tidigare månader
history-fixed = Det här går inte att ändra.
history-empty = Inget
