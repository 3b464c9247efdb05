notices-title = Aviseringar
