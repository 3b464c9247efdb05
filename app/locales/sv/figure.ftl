# Det som står runt en beräkning: vad den vilar på, och varför det ibland inte finns något belopp.
calculation-table = { $table }, version { $version }. Regler: { $rules }, version { $rules-version }.
calculation-no-settings = Kommunen har inte satt sina riktlinjer för månaden. Därför visar vi inget belopp. Du kan ändå ansöka.
calculation-not-possible = Det går inte att räkna på uppgifterna som de är nu. En handläggare tittar på det.
figure-unfinished = Beloppet visas när allt är ifyllt.
figure-household-registered = Räknat med hushållet som det är registrerat. Din handläggare tar ställning till det som har ändrats.
figure-most-missing = Vi kan inte räkna än. De flesta myndigheter har inte svarat.
figure-not-answered = Utan svar från { $names }. Beloppet kan ändras.
