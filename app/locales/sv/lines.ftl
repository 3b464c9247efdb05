# En beräkning rad för rad, med samma ord till den som söker och till handläggaren.
lines-personal = Personliga kostnader
lines-shared = Gemensamma kostnader
lines-expenses = Kostnader utöver riksnormen
lines-incomes = Inkomster
lines-adjustments = Annat som räknas
lines-norm = Riksnorm
lines-deficit = Underskott
lines-deficit-preliminary = Underskott, preliminärt
lines-surplus = Överskott
lines-surplus-preliminary = Överskott, preliminärt
lines-of = { $what }, { $name }
lines-from = av { $amount }
lines-open = avgörs
lines-not-counted = räknas inte
lines-reduced = räknas delvis
lines-asks-human = en människa avgör
lines-overridden = ändrat av handläggare
