# Alla beslut som personen får läsa.
own-decisions-title = Beslut
own-decisions-none = Du har inga beslut än.
own-decisions-one = Ansökan för { $month }: { $outcome }
own-decisions-appeal = Du kan överklaga till och med { $until }.
own-decisions-signed = Din ansökan för { $month }
