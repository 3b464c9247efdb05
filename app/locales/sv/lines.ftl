# En beräkning rad för rad, med samma ord till den som söker och till handläggaren.
lines-deficit = Underskott
lines-deficit-preliminary = Underskott, preliminärt
lines-surplus = Överskott
lines-surplus-preliminary = Överskott, preliminärt
lines-of = { $what }, { $name }
lines-day = { $day }.
lines-from = av { $amount }
lines-open = avgörs
lines-left-out = Räknades inte
lines-reduced = Räknas delvis
lines-overridden = Ändrat av handläggare
lines-other-months = { $count ->
    [one] 1 uppgift från en annan månad räknas inte
   *[other] { $count } uppgifter från andra månader räknas inte
}
