staff-title = Förnya för handläggare
