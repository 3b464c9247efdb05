decide-title = Beslut
