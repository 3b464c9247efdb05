# En beräkning rad för rad, med samma ord till den som söker och till handläggaren.
lines-deficit = Underskott
lines-deficit-preliminary = Underskott, preliminärt
lines-surplus = Överskott
lines-surplus-preliminary = Överskott, preliminärt
lines-of = { $what }, { $name }
lines-from = av { $amount }
lines-open = avgörs
lines-reduced = räknas delvis
lines-overridden = ändrat av handläggare
